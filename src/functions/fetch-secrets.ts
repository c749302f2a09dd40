import { z } from 'zod';
import { readSecret } from '../adapters/secrets-manager.ts';
import { AppError } from '../domain/app-error.ts';

const Wanted = z.record(z.string(), z.string().regex(/^arn:[^#]+#\w*$/));

/**
 * Settings that are secrets, by their names: `PLUMBLINE_SECRETS` says where each is, as `ARN#field`, or `ARN#` for a secret
 * that is one value. What is left empty there counts as not set. Errors: config.invalid.
 */
export async function fetchSecrets(env: Record<string, string | undefined>): Promise<Record<string, string>> {
  const wanted = wantedOf(env['PLUMBLINE_SECRETS']);
  const arns = [...new Set(Object.values(wanted).map((place) => place.split('#')[0] ?? ''))];
  if (arns.length === 0) return {};
  const endpoint = env['SECRETS_MANAGER_ENDPOINT'];
  const values = new Map(
    await Promise.all(arns.map(async (arn) => [arn, await readSecret(arn, endpoint)] as const)),
  );
  return Object.fromEntries(
    Object.entries(wanted).map(([name, place]) => [name, fieldOf(values, place)] as const),
  );
}

function wantedOf(given: string | undefined): Record<string, string> {
  try {
    return Wanted.parse(JSON.parse(given || '{}'));
  } catch (cause) {
    throw new AppError('config.invalid', {
      cause,
      detail: 'PLUMBLINE_SECRETS must be JSON such as {"SLACK_BOT_TOKEN": "arn:...#SLACK_BOT_TOKEN"}.',
    });
  }
}

function fieldOf(values: Map<string, string>, place: string): string {
  const [arn = '', field = ''] = place.split('#');
  const value = values.get(arn) ?? '';
  if (field === '') return value;
  const parsed: unknown = JSON.parse(value || '{}');
  const found = (parsed as Record<string, unknown>)[field];
  return typeof found === 'string' ? found : '';
}
