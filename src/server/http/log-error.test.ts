import pg from 'pg';
import { expect, it } from 'vitest';
import { describeError } from './log-error.ts';
import { createServer } from './server.ts';

const phone = '13800000000';

function refusedByDatabase(): pg.DatabaseError {
  const error = new pg.DatabaseError(`invalid input syntax for type uuid: "${phone}"`, 100, 'error');
  return Object.assign(error, {
    severity: 'ERROR',
    code: '22P02',
    table: 'event_reporter',
    detail: `Failing row contains (${phone}, 王某).`,
    where: `unnamed portal parameter $1 = '${phone}'`,
    parameters: [phone],
  });
}

it('keeps the kind and the place of a failure of the database, and no values', () => {
  const told = describeError(refusedByDatabase());
  expect(told).toMatchObject({
    code: '22P02',
    table: 'event_reporter',
    message: expect.stringContaining('uuid') as unknown,
  });
  expect(told.stack).toContain('log-error.test.ts');
  expect(JSON.stringify(told)).not.toContain(phone);
});

it('keeps an error of our own as it is, with its cause cleaned', () => {
  const told = describeError(new Error('A job failed', { cause: refusedByDatabase() }));
  expect(told).toMatchObject({ type: 'Error', message: 'A job failed', cause: { code: '22P02' } });
  expect(JSON.stringify(told)).not.toContain(phone);
});

it('what the server writes about a failed request names neither the values nor the secret in its address', async () => {
  const lines: string[] = [];
  const app = await createServer({
    logLevel: 'info',
    logTo: { write: (line) => void lines.push(line) },
    trustProxy: [],
    secure: false,
  });
  app.get('/api/public/receipts/:secret', () => {
    throw refusedByDatabase();
  });
  const answer = await app.inject({ url: `/api/public/receipts/verysecret?phone=${phone}` });
  await app.close();
  expect(answer.statusCode).toBe(500);
  expect(lines.join('')).toContain('unexpected failure');
  expect(lines.join('')).not.toMatch(/verysecret|13800000000|王某/);
  expect(answer.body).not.toMatch(/13800000000|uuid/);
});
