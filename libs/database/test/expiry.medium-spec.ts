import { startTestPostgres, type TestPostgres } from '@fairtake/testing';
import { withClient } from '../src/provision';
import { createTestDatabase, type TestDatabase } from '../src/testing';
import { fillEveryTable } from './one-row-per-table';

let postgres: TestPostgres;
let fixture: TestDatabase;

const now = new Date();
const anHourAgo = new Date(now.getTime() - 3_600_000);

/** Two organisations, each with one row per table; those of the first have served. */
beforeAll(async () => {
  postgres = await startTestPostgres();
  fixture = await createTestDatabase(postgres.superuserUrl);
  await withClient(fixture.urls.superuser, async (client) => {
    const served = await fillEveryTable(client);
    await fillEveryTable(client);
    for (const table of ['session', 'candidate_session', 'account_link'])
      await client.query(`UPDATE ${table} SET expires_at = $1 WHERE organisation_id = $2`, [
        anHourAgo,
        served.organisationId,
      ]);
    await client.query(`UPDATE outbox SET state = 'done', done_at = $1`, [anHourAgo]);
    await client.query(`UPDATE outbox SET state = 'dead' WHERE organisation_id <> $1`, [
      served.organisationId,
    ]);
  });
});
afterAll(async () => {
  await fixture.drop();
  await postgres.stop();
});

const left = (table: string): Promise<number> =>
  withClient(fixture.urls.superuser, async (client) => {
    const { rows } = await client.query(`SELECT count(*)::integer AS count FROM ${table}`);
    return rows[0].count;
  });

test('sessions that ended go, of members and of candidates', async () => {
  const { expiry } = fixture.database.ops;
  expect(await expiry.removeSessions(new Date(anHourAgo.getTime() - 1))).toBe(0);
  expect(await expiry.removeSessions(now)).toBe(2);
  expect([await left('session'), await left('candidate_session')]).toEqual([1, 1]);
});

test('links that expired go', async () => {
  const { expiry } = fixture.database.ops;
  expect(await expiry.removeAccountLinks(now)).toBe(1);
  expect(await left('account_link')).toBe(1);
});

test('jobs that are done go; one that was given up stays', async () => {
  const { expiry } = fixture.database.ops;
  expect(await expiry.removeDoneJobs(new Date(anHourAgo.getTime() - 1))).toBe(0);
  expect(await expiry.removeDoneJobs(now)).toBe(1);
  expect(await left('outbox')).toBe(1);
});

test('more rows than one step takes go too', async () => {
  await withClient(fixture.urls.superuser, (client) =>
    client.query(
      `INSERT INTO outbox (organisation_id, id, name, payload, dedupe_key, state, done_at)
       SELECT organisation_id, gen_random_uuid(), 'finish-answer', '{}', 'n' || number, 'done', $1
         FROM (SELECT organisation_id FROM outbox) one, generate_series(1, 2500) number`,
      [anHourAgo],
    ),
  );
  expect(await fixture.database.ops.expiry.removeDoneJobs(now)).toBe(2_500);
});
