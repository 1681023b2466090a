import { freePort, startTestPostgres, waitFor, type TestPostgres } from '@fairtake/testing';
import { createDatabase, DatabaseUnavailable, NestedTransaction, Position, type Database } from '../src';
import { withClient } from '../src/provision';
import { createTestDatabase, type TestDatabase } from '../src/testing';
import { fillEveryTable, type FilledOrganisation } from './one-row-per-table';

let postgres: TestPostgres;
let fixture: TestDatabase;
let ours: FilledOrganisation;

beforeAll(async () => {
  postgres = await startTestPostgres();
  fixture = await createTestDatabase(postgres.superuserUrl, { poolSize: 3, connectionTimeoutMs: 1_000 });
  ours = await withClient(fixture.urls.superuser, fillEveryTable);
});
afterAll(async () => {
  await fixture.drop();
  await postgres.stop();
});

const key = () => ({ organisationId: ours.organisationId, id: ours.positionId });

test('what the work threw undoes everything and arrives unchanged', async () => {
  const failure = new Error('no');
  const work = fixture.database.inOrganisation(ours.organisationId, async (tx) => {
    await tx.em.update(Position, key(), { version: 99 });
    throw failure;
  });
  await expect(work).rejects.toBe(failure);
  const position = await fixture.database.inOrganisation(ours.organisationId, (tx) =>
    tx.em.findOneByOrFail(Position, key()),
  );
  expect(position.version).toBe(1);
});

test('a read-only transaction refuses writes', async () => {
  const work = fixture.database.inOrganisation(
    ours.organisationId,
    (tx) => tx.em.update(Position, key(), { version: 2 }),
    { readOnly: true },
  );
  await expect(work).rejects.toThrow('cannot execute UPDATE in a read-only transaction');
});

test('a transaction inside a transaction is refused; one after it is not', async () => {
  const nested = fixture.database.inOrganisation(ours.organisationId, () =>
    fixture.database.inOrganisation(ours.organisationId, async () => 'never'),
  );
  await expect(nested).rejects.toThrow(NestedTransaction);
  let later: Promise<string> | undefined;
  let start = (): void => undefined;
  const gate = new Promise<void>((resolve) => (start = resolve));
  await fixture.database.inOrganisation(ours.organisationId, async () => {
    later = gate.then(() => fixture.database.inOrganisation(ours.organisationId, async () => 'fine'));
  });
  start();
  await expect(later).resolves.toBe('fine');
});

test('two transactions that deadlock both succeed: the victim runs again as a whole', async () => {
  const lock = `SELECT pg_advisory_xact_lock($1)`;
  let attempts = 0;
  let holding = 0;
  const walker = (first: number, second: number): Promise<number> =>
    fixture.database.inOrganisation(ours.organisationId, async (tx) => {
      attempts += 1;
      await tx.em.query(lock, [first]);
      holding += 1;
      await waitFor(() => holding >= 2, { what: 'both to hold one lock' });
      await tx.em.query(lock, [second]);
      return attempts;
    });
  await Promise.all([walker(1, 2), walker(2, 1)]);
  expect(attempts).toBe(3);
});

test('a conflict that stays is told as unavailable after three attempts', async () => {
  let attempts = 0;
  const work = fixture.database.inOrganisation(ours.organisationId, async (tx) => {
    attempts += 1;
    await tx.em.query(`DO $$ BEGIN RAISE EXCEPTION 'again' USING ERRCODE = '40001'; END $$`);
  });
  await expect(work).rejects.toThrow(DatabaseUnavailable);
  expect(attempts).toBe(3);
});

test('a connection that is cut is told as unavailable, and the next one works', async () => {
  const cut = fixture.database.inOrganisation(ours.organisationId, async (tx) => {
    const [{ pid }] = await tx.em.query('SELECT pg_backend_pid() AS pid');
    await withClient(fixture.urls.superuser, (client) =>
      client.query('SELECT pg_terminate_backend($1)', [pid]),
    );
    return tx.em.query('SELECT 1');
  });
  await expect(cut).rejects.toThrow(DatabaseUnavailable);
  await fixture.database.checkHealth();
  const ids = await fixture.database.ops.organisationIds();
  expect(ids).toEqual([ours.organisationId]);
});

test('an exhausted pool is told as unavailable, not waited for without end', async () => {
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  let open = 0;
  const holders = Array.from({ length: 3 }, () =>
    fixture.database.inOrganisation(ours.organisationId, async () => {
      open += 1;
      await held;
    }),
  );
  await waitFor(() => open === 3, { what: 'every connection to be taken' });
  const late = fixture.database.inOrganisation(ours.organisationId, async () => 'never');
  await expect(late).rejects.toThrow(DatabaseUnavailable);
  release();
  await Promise.all(holders);
});

test('a server that is not there is told as unavailable', async () => {
  const nowhere = `postgres://fairtake_app:x@127.0.0.1:${await freePort()}/none`;
  await expect(createDatabase({ appUrl: nowhere, opsUrl: nowhere })).rejects.toThrow(DatabaseUnavailable);
});

describe('what takes too long is told as unavailable', () => {
  let hasty: Database;
  beforeAll(async () => {
    const { app, ops } = fixture.urls;
    const limits = { statementTimeoutMs: 100, idleInTransactionTimeoutMs: 100 };
    hasty = await createDatabase({ appUrl: app, opsUrl: ops, ...limits });
  });
  afterAll(() => hasty.close());

  test('a statement', async () => {
    const slow = hasty.inOrganisation(ours.organisationId, (tx) => tx.em.query('SELECT pg_sleep(10)'));
    await expect(slow).rejects.toThrow(DatabaseUnavailable);
  });

  test('a transaction that does nothing', async () => {
    const idle = hasty.inOrganisation(ours.organisationId, async (tx) => {
      const [{ pid }] = await tx.em.query('SELECT pg_backend_pid() AS pid');
      await withClient(fixture.urls.superuser, (client) =>
        waitFor(
          async () => {
            const { rowCount } = await client.query('SELECT 1 FROM pg_stat_activity WHERE pid = $1', [pid]);
            return rowCount === 0;
          },
          { what: 'the server to end the transaction' },
        ),
      );
      return tx.em.query('SELECT 1');
    });
    await expect(idle).rejects.toThrow(DatabaseUnavailable);
  });
});

test('a wrong query is not the database being away', async () => {
  const work = fixture.database.inOrganisation(ours.organisationId, (tx) => tx.em.query('SELECT nonsense'));
  await expect(work).rejects.toThrow('column "nonsense" does not exist');
});
