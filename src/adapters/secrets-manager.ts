import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { AppError } from '../domain/app-error.ts';

/** The value of a secret. Errors: config.invalid, naming the secret and what to look at. */
export async function readSecret(arn: string, endpoint?: string): Promise<string> {
  const client = new SecretsManagerClient({ maxAttempts: 5, ...(endpoint ? { endpoint } : {}) });
  try {
    return (await client.send(new GetSecretValueCommand({ SecretId: arn }))).SecretString ?? '';
  } catch (cause) {
    throw new AppError('config.invalid', {
      cause,
      detail: `The secret ${arn} cannot be read: is it there, and may this role read it and use its key?`,
    });
  } finally {
    client.destroy();
  }
}
