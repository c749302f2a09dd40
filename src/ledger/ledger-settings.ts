import { z } from 'zod';
import { readCheckedYaml } from '../access/read-checked-yaml.ts';
import { Role } from '../domain/rights.ts';

const Code = z.union([z.string(), z.number()]).transform(String).pipe(z.string().min(1).max(32));
const Amount = z
  .union([z.string(), z.number()])
  .transform(String)
  .pipe(z.string().regex(/^\d+(\.\d+)?$/, 'must be an amount such as 1000 or 2.50'));

export const AccountKind = z.enum(['asset', 'liability', 'equity', 'income', 'expense']);
export type AccountKind = z.infer<typeof AccountKind>;

export const Account = z.strictObject({ code: Code, name: z.string().min(1).max(100), kind: AccountKind });
export type Account = z.infer<typeof Account>;

const TaxCode = z.strictObject({
  code: Code,
  name: z.string().min(1).max(60),
  /** In percent of the net amount. */
  rate: Amount,
  /** Where tax on sales is owed, and tax on purchases deducted unless `inputAccount` says otherwise. */
  account: Code,
  inputAccount: Code.optional(),
});
export type TaxCode = z.infer<typeof TaxCode>;

/** Who records money, on which accounts, with which taxes, and up to which amount without somebody else's approval. */
export const LedgerSettings = z
  .strictObject({
    /** Beside the company's own; an entry in one of them needs an exchange rate. */
    currencies: z
      .array(z.string().regex(/^[A-Z]{3}$/, 'must be three capital letters such as EUR'))
      .default([]),
    accounts: z.array(Account).min(2),
    taxes: z.array(TaxCode).default([]),
    /** How far a stated tax amount may be from its rate: documents round by line. */
    taxTolerance: Amount.default('0.02'),
    mayRecord: z.array(Role).min(1),
    mayApprove: z.array(Role).min(1),
    mayClose: z.array(Role).min(1),
    /** Per entry, in the company's currency; a role that is not here needs approval for every entry. */
    limits: z.partialRecord(Role, Amount).default({}),
  })
  .superRefine((settings, context) => {
    const wrong = (path: (string | number)[], message: string) =>
      context.addIssue({ code: 'custom', path, message });
    const codes = new Set<string>();
    settings.accounts.forEach(({ code }, index) => {
      if (codes.has(code)) wrong(['accounts', index], `account ${code} is there twice`);
      codes.add(code);
    });
    const taxes = new Set<string>();
    settings.taxes.forEach((tax, index) => {
      for (const account of [tax.account, ...(tax.inputAccount ? [tax.inputAccount] : [])])
        if (!codes.has(account)) wrong(['taxes', index], `there is no account ${account}`);
      if (taxes.has(tax.code)) wrong(['taxes', index], `tax ${tax.code} is there twice`);
      taxes.add(tax.code);
    });
    for (const kind of AccountKind.options)
      if (settings.accounts.filter((account) => account.kind === kind).length > 100)
        wrong(
          ['accounts'],
          `a form shows at most 100 accounts of one kind, and there are more of the kind ${kind}`,
        );
  });
export type LedgerSettings = z.infer<typeof LedgerSettings>;

/** Errors: config.invalid with file and line. */
export function readLedgerSettings(file: string): LedgerSettings {
  return readCheckedYaml(file, LedgerSettings);
}
