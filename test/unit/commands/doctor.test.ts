import { createServer } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { type Check, examine } from '../../../src/commands/doctor-command.ts';
import { type Serving, serving } from '../../support/serving.ts';

const servers: Serving[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

it('says what to do where the home can neither be written nor made', async () => {
  const checks = await examine({ PLUMBLINE_HOME: '/proc/nothing/home' });
  expect(checks.at(-1)).toEqual({
    name: 'home can be written',
    ok: false,
    advice: '/proc/nothing/home cannot be written. Set PLUMBLINE_HOME to a folder that can.',
  });
});

/** An AWS where everything fails with one error, as it comes over the wire. */
async function aBrokenAws(fault: {
  status: number;
  name: string;
  message: string;
  s3?: string;
}): Promise<string> {
  const listener = createServer((request, response) => {
    request.resume();
    const isJson = request.headers['x-amz-target'] !== undefined;
    response.writeHead(fault.status, {
      'content-type': isJson ? 'application/x-amz-json-1.1' : 'application/xml',
      'x-amzn-errortype': fault.name,
    });
    response.end(
      isJson
        ? JSON.stringify({ __type: fault.name, message: fault.message })
        : `<Error><Code>${fault.s3 ?? fault.name}</Code><Message>${fault.message}</Message></Error>`,
    );
  });
  const server = await serving(listener);
  servers.push(server);
  return server.origin;
}

function settings(endpoint: string): Record<string, string> {
  process.env['AWS_ACCESS_KEY_ID'] = 'any';
  process.env['AWS_SECRET_ACCESS_KEY'] = 'any';
  process.env['AWS_MAX_ATTEMPTS'] = '1';
  return {
    PLUMBLINE_MODE: 'cloud',
    AWS_REGION: 'eu-west-1',
    PLUMBLINE_MASK_SALT: 'kept-for-ever-and-secret',
    REDSHIFT_WORKGROUP: 'plumbline',
    REDSHIFT_COPY_ROLE_ARN: 'arn:aws:iam::1:role/copy',
    S3_INGESTION_BUCKET: 'in-bucket',
    S3_LANDING_BUCKET: 'landing-bucket',
    REDSHIFT_ENDPOINT: endpoint,
    DYNAMODB_ENDPOINT: endpoint,
    S3_ENDPOINT: endpoint,
  };
}

const adviceOn = (checks: Check[], name: string) => checks.find((check) => check.name === name);

describe('the doctor of a deployment', () => {
  it.each([
    [
      'an expired token',
      {
        status: 400,
        name: 'ExpiredTokenException',
        message: 'The security token included in the request is expired',
        s3: 'ExpiredToken',
      },
      /have expired\. Sign in again/,
    ],
    [
      'a clock that is off',
      {
        status: 403,
        name: 'InvalidSignatureException',
        message: 'Signature expired: 20261121T100000Z is now earlier than 20261121T101500Z',
        s3: 'RequestTimeTooSkewed',
      },
      /clock is off/,
    ],
    [
      'a right that is missing',
      {
        status: 400,
        name: 'AccessDeniedException',
        message:
          'User: arn:aws:sts::1:assumed-role/bot is not authorized to perform: dynamodb:Query on resource: arn:aws:dynamodb:eu-west-1:1:table/plumbline-runs',
        s3: 'AccessDenied',
      },
      /may not do dynamodb:Query on arn:aws:dynamodb/,
    ],
  ])('finds %s and says what to do', async (_, fault, advice) => {
    const checks = await examine(settings(await aBrokenAws(fault)));
    for (const name of ['record tables answer', 'ingestion bucket can be read'])
      expect(adviceOn(checks, name)).toMatchObject({ ok: false, advice: expect.stringMatching(advice) });
    expect(adviceOn(checks, 'warehouse answers')?.ok).toBe(false);
  });

  it('finds a bucket in another region', async () => {
    const endpoint = await aBrokenAws({
      status: 400,
      name: 'AccessDeniedException',
      s3: 'AuthorizationHeaderMalformed',
      message:
        "The authorization header is malformed; the region 'eu-west-1' is wrong; expecting 'us-east-2'",
    });
    expect(adviceOn(await examine(settings(endpoint)), 'landing bucket can be written')?.advice).toContain(
      'set AWS_REGION=us-east-2',
    );
  });

  it('finds a workgroup that is paused, while the other parts are looked at too', async () => {
    const endpoint = await aBrokenAws({
      status: 500,
      name: 'DatabaseConnectionException',
      message: 'The workgroup is not available',
    });
    const checks = await examine({ ...settings(endpoint) });
    expect(adviceOn(checks, 'warehouse answers')?.advice).toMatch(
      /it is paused, is being changed, or has used up/,
    );
    expect(checks.map(({ name }) => name)).toContain('landing bucket can be written');
  });

  it('finds settings that are missing before it asks anybody', async () => {
    const checks = await examine({ PLUMBLINE_MODE: 'cloud', AWS_REGION: 'eu-west-1' });
    expect(checks.at(-1)).toMatchObject({ name: 'settings', ok: false });
    expect(checks.at(-1)?.advice).toContain('PLUMBLINE_MASK_SALT is not set');
  });

  it('says nothing that is secret', async () => {
    const endpoint = await aBrokenAws({ status: 400, name: 'AccessDeniedException', message: 'no' });
    expect(JSON.stringify(await examine(settings(endpoint)))).not.toContain('kept-for-ever');
  });
});
