import { normalizeHeader } from './normalize-header.ts';

/** What the company's own books call things: branches of the warehouse, accounts of the ledger's settings. */
export type KnownNames = {
  branches: readonly { id: string; name: string }[];
  accounts: readonly { code: string; kind: string }[];
};

/** Words that say what a branch is and not which. */
const KINDS_OF_BRANCH =
  /\b(branch|store|shop|outlet|location|filiale|laden|geschaft|magasin|boutique|succursale|tienda|sucursal|winkel|filiaal|vestiging|negozio|filial|loja|the)\b/g;

/** The branch that a file means by its number or its name; undefined when there is none or several. */
export function branchOf(text: string, { branches }: Pick<KnownNames, 'branches'>): string | undefined {
  const given = text.trim().toLowerCase();
  const byId = branches.find(({ id }) => id.toLowerCase() === given);
  if (byId) return byId.id;
  const plain = plainName(text);
  if (plain === '') return undefined;
  const same = branches.filter(({ name }) => plainName(name) === plain);
  const like =
    same.length > 0
      ? same
      : branches.filter(({ id, name }) => isPart(plainName(name), plain) || isNumbered(plain, id, name));
  return like.length === 1 ? like[0]?.id : undefined;
}

/** 'B01 High Street' and 'High Street (B01)'. */
function isNumbered(plain: string, id: string, name: string): boolean {
  const words = plain.split(' ');
  return (
    words.includes(normalizeHeader(id)) &&
    plainName(name)
      .split(' ')
      .some((word) => words.includes(word))
  );
}

/** All words of the one are words of the other. */
function isPart(name: string, plain: string): boolean {
  const [own, given] = [name.split(' '), plain.split(' ')];
  if (plain.length < 4 || own.length === 0) return false;
  return given.every((word) => own.includes(word)) || own.every((word) => given.includes(word));
}

function plainName(text: string): string {
  return normalizeHeader(text).replace(KINDS_OF_BRANCH, ' ').replace(/\s+/g, ' ').trim();
}
