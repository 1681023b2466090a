import { startTestPostgres, type TestPostgres } from '@fairtake/testing';
import { v7 as uuidv7 } from 'uuid';
import { Database, type TenantContext } from '../src';
import { createDataSource } from '../src/connection';
import { entities, Interview, Member, Position, TimeRequest } from '../src/entities';
import { withClient } from '../src/provision';
import { createTestDatabase, type TestDatabase } from '../src/testing';
import { fillEveryTable, type FilledOrganisation } from './one-row-per-table';

let postgres: TestPostgres;
let walled: TestDatabase;
let ours: FilledOrganisation;
let theirs: FilledOrganisation;
let tables: string[];

beforeAll(async () => {
  postgres = await startTestPostgres();
  walled = await createTestDatabase(postgres.superuserUrl, { poolSize: 2 });
  await withClient(walled.urls.superuser, async (client) => {
    ours = await fillEveryTable(client);
    theirs = await fillEveryTable(client);
    const { rows } = await client.query(
      `SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'schema_migration'`,
    );
    tables = rows.map((row) => row.tablename);
  });
});
afterAll(async () => {
  await walled.drop();
  await postgres.stop();
});

const inOurs = <T>(work: (tx: TenantContext) => Promise<T>): Promise<T> =>
  walled.database.inOrganisation(ours.organisationId, work);

/** Rows per table, for tables the role may read at all. */
async function countRows(url: string, organisationId?: string): Promise<Record<string, number>> {
  return withClient(url, async (client) => {
    const counts: Record<string, number> = {};
    if (organisationId)
      await client.query(`SELECT set_config('app.organisation', $1, false)`, [organisationId]);
    for (const table of tables) {
      const column = table === 'account' || table === 'organisation' ? 'id' : 'organisation_id';
      const { rows } = await client.query(`SELECT count(${column})::integer AS count FROM "${table}"`);
      counts[table] = rows[0].count;
    }
    return counts;
  });
}

const everyTable = (count: number): Record<string, number> =>
  Object.fromEntries(tables.map((table) => [table, count]));

test('every entity has a table, and every table has a row of both organisations', async () => {
  expect(tables).toHaveLength(entities.length);
  expect(await countRows(walled.urls.superuser)).toEqual(everyTable(2));
});

test.each(['app', 'migrator'] as const)('without a context %s sees no row of any table', async (role) => {
  expect(await countRows(walled.urls[role])).toEqual(everyTable(0));
});

test('an empty context is no context', async () => {
  const rows = await withClient(walled.urls.app, async (client) => {
    await client.query(`SELECT set_config('app.organisation', '', false)`);
    return client.query('SELECT * FROM interview');
  });
  expect(rows.rows).toEqual([]);
});

test('inside an organisation the application sees exactly its own rows', async () => {
  expect(await countRows(walled.urls.app, ours.organisationId)).toEqual(everyTable(1));
  const found = await inOurs((tx) => tx.em.find(Interview));
  expect(found.map((interview) => interview.id)).toEqual([ours.interviewId]);
});

test('a row of another organisation cannot be written, changed or deleted', async () => {
  const insert = inOurs((tx) =>
    tx.em.insert(TimeRequest, {
      organisationId: theirs.organisationId,
      id: uuidv7(),
      interviewId: theirs.interviewId,
    }),
  );
  await expect(insert).rejects.toThrow('new row violates row-level security policy for table "time_request"');

  const moved = inOurs((tx) =>
    tx.em.query('UPDATE time_request SET organisation_id = $1', [theirs.organisationId]),
  );
  await expect(moved).rejects.toThrow('new row violates row-level security policy');

  const changed = await inOurs((tx) =>
    tx.em.update(
      Position,
      { organisationId: theirs.organisationId, id: theirs.positionId },
      { state: 'closed' },
    ),
  );
  expect(changed.affected).toBe(0);
});

test('a foreign key cannot cross organisations', async () => {
  const crossing = inOurs((tx) =>
    tx.em.insert(TimeRequest, {
      organisationId: ours.organisationId,
      id: uuidv7(),
      interviewId: theirs.interviewId,
    }),
  );
  await expect(crossing).rejects.toThrow('violates foreign key constraint "fk_time_request_interview_id"');
});

test('the application reads names of its own members and no password hash', async () => {
  const hash = inOurs((tx) => tx.em.query('SELECT password_hash FROM account'));
  await expect(hash).rejects.toThrow('permission denied for table account');
  const accounts = await inOurs((tx) => tx.em.query('SELECT id FROM account'));
  expect(accounts).toEqual([{ id: ours.accountId }]);
});

test('what was audited stays as it was', async () => {
  const subject = { subjectKind: 'position', subjectId: ours.positionId };
  await inOurs((tx) =>
    tx.audit.record({
      ...subject,
      actor: { kind: 'member', id: ours.memberId },
      action: 'position.published',
      detail: { version: 2 },
    }),
  );
  const events = await inOurs((tx) => tx.audit.listOf('position', ours.positionId));
  expect(events.map((event) => [event.action, event.actorId, event.detail])).toEqual([
    ['position.published', ours.memberId, { version: 2 }],
    ['position.created', null, null],
  ]);
  for (const sql of [
    `UPDATE audit_event SET action = 'nothing'`,
    'DELETE FROM audit_event',
    'TRUNCATE audit_event',
  ]) {
    await expect(inOurs((tx) => tx.em.query(sql))).rejects.toThrow('permission denied for table audit_event');
  }
});

test('the cross-organisation role reads what it must and nothing people said or wrote', async () => {
  const readable = await withClient(walled.urls.superuser, (client) =>
    client.query(
      `SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
          AND has_table_privilege('fairtake_ops', oid, 'SELECT') ORDER BY relname`,
    ),
  );
  expect(readable.rows.map((row) => row.relname)).toEqual([
    ...['account', 'account_link', 'candidate_session', 'hand_off_code', 'invitation'],
    ...['member', 'organisation', 'outbox', 'session'],
  ]);
});

test('1,000 interleaved reads of two organisations over two connections never mix', async () => {
  const organisations = [ours, theirs];
  const read = async (turn: number): Promise<boolean> => {
    const mine = organisations[turn % 2]!;
    const rows = await walled.database.inOrganisation(
      mine.organisationId,
      async (tx) => [await tx.em.find(Member), await tx.em.find(Interview)],
      { readOnly: turn % 3 === 0 },
    );
    return rows.every((list) => list.length === 1 && list[0]!.organisationId === mine.organisationId);
  };
  const wrong: number[] = [];
  const turns = Array.from({ length: 1_000 }, (_, turn) => turn);
  const walkers = Array.from({ length: 20 }, async () => {
    for (let turn = turns.pop(); turn !== undefined; turn = turns.pop()) {
      if (!(await read(turn))) wrong.push(turn);
    }
  });
  await Promise.all(walkers);
  expect(wrong).toEqual([]);
});

test('a repository kept after its transaction is dead', async () => {
  const kept = await inOurs(async (tx) => tx);
  await expect(kept.members.list()).rejects.toThrow('already released');
  await expect(kept.em.find(Member)).rejects.toThrow('already released');
});

test('the organisation leaves the connection with the transaction', async () => {
  const source = await createDataSource(walled.urls.app, 'test', { poolSize: 1 }).initialize();
  const database = new Database(source, source);
  try {
    const inside = await database.inOrganisation(ours.organisationId, (tx) => tx.em.count(Interview));
    const failing = database.inOrganisation(ours.organisationId, (tx) => tx.em.query('SELECT 1 / 0'));
    await expect(failing).rejects.toThrow('division by zero');
    // The pool has one connection: this is the one that was used.
    const after = await source.getRepository(Interview).count();
    expect([inside, after]).toEqual([1, 0]);
  } finally {
    await source.destroy();
  }
});
