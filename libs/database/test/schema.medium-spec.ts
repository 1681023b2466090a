import { startTestPostgres, type TestPostgres } from '@fairtake/testing';
import { entities, migrate } from '../src';
import { createMigratorSource } from '../src/migrate';
import { migrations } from '../src/migrations';
import { withClient } from '../src/provision';
import { createEmptyTestDatabase, createTestDatabase } from '../src/testing';

/** TypeORM's own list of what ran: no rows of anybody. */
const outsideTheWalls = ['schema_migration'];
const names = migrations.map((migration) => migration.name);

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startTestPostgres();
});
afterAll(() => postgres.stop());

const listTables = (url: string): Promise<string[]> =>
  withClient(url, async (client) => {
    const { rows } = await client.query(
      `SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename`,
    );
    return rows.map((row) => row.tablename);
  });

test('migrations go up, down to nothing, and up again', async () => {
  const { urls, drop } = await createEmptyTestDatabase(postgres.superuserUrl);
  try {
    expect(await migrate({ url: urls.migrator })).toEqual(names);
    const tables = await listTables(urls.superuser);
    expect(tables).toHaveLength(entities.length + outsideTheWalls.length);

    const source = await createMigratorSource(urls.migrator).initialize();
    for (const _ of names) await source.undoLastMigration({ transaction: 'each' });
    await source.destroy();
    expect(await listTables(urls.superuser)).toEqual(outsideTheWalls);

    await migrate({ url: urls.migrator });
    expect(await listTables(urls.superuser)).toEqual(tables);
    expect(await migrate({ url: urls.migrator })).toEqual([]);
  } finally {
    await drop();
  }
});

test('what is in use is migrated while it is written to: nobody is stopped by the other', async () => {
  const { urls, drop } = await createTestDatabase(postgres.superuserUrl);
  const source = await createMigratorSource(urls.migrator).initialize();
  try {
    for (const _ of names.slice(1)) await source.undoLastMigration({ transaction: 'each' });
    let migrating = true;
    // As a chunk, a kept answer and a look at the devices take their locks.
    const orders = [
      ['take', 'answer', 'interview'],
      ['interview', 'answer', 'take', 'adjustment'],
      ['interview', 'candidate_session', 'position', 'time_request', 'question'],
    ];
    const writers = orders.map((tables) =>
      withClient(urls.superuser, async (client) => {
        while (migrating) {
          await client.query('BEGIN');
          for (const table of tables) {
            await client.query(`UPDATE "${table}" SET organisation_id = organisation_id WHERE false`);
            await client.query('SELECT pg_sleep(0.005)');
          }
          await client.query('COMMIT');
        }
      }),
    );
    const ran = await migrate({ url: urls.migrator }).finally(() => (migrating = false));
    expect(ran).toEqual(names.slice(1));
    await Promise.all(writers);
  } finally {
    await source.destroy();
    await drop();
  }
});

test('of several open requests for time the last one stays open', async () => {
  const { urls, drop } = await createTestDatabase(postgres.superuserUrl);
  const source = await createMigratorSource(urls.migrator).initialize();
  try {
    const since = names.indexOf('AskForTimeOnce1795379460523');
    for (const _ of names.slice(since)) await source.undoLastMigration({ transaction: 'each' });
    await withClient(urls.superuser, async (client) => {
      // Other tables have no part in this: their rows are left out.
      await client.query(`SET session_replication_role = replica`);
      await client.query(
        `INSERT INTO time_request (organisation_id, id, interview_id, asked_at)
         SELECT $1, gen_random_uuid(), $1, now() + n * interval '1 minute' FROM generate_series(1, 3) n`,
        ['01890000-0000-7000-8000-000000000001'],
      );
      await migrate({ url: urls.migrator });
      const { rows } = await client.query('SELECT state FROM time_request ORDER BY asked_at');
      expect(rows.map((row) => row.state)).toEqual(['declined', 'declined', 'asked']);
    });
  } finally {
    await source.destroy();
    await drop();
  }
});

test('two processes that migrate at once take turns', async () => {
  const { urls, drop } = await createEmptyTestDatabase(postgres.superuserUrl);
  try {
    const ran = await Promise.all([migrate({ url: urls.migrator }), migrate({ url: urls.migrator })]);
    expect(ran.flat()).toEqual(names);
  } finally {
    await drop();
  }
});

test('entities and migrated schema are the same', async () => {
  const { urls, drop } = await createTestDatabase(postgres.superuserUrl);
  const source = await createMigratorSource(urls.migrator).initialize();
  try {
    const difference = await source.driver.createSchemaBuilder().log();
    expect(difference.upQueries.map((query) => query.query)).toEqual([]);

    await source.query('ALTER TABLE "answer" DROP CONSTRAINT "uq_answer_question"');
    const seen = await source.driver.createSchemaBuilder().log();
    expect(seen.upQueries.map((query) => query.query)).toEqual([
      expect.stringContaining('ADD CONSTRAINT "uq_answer_question"'),
    ]);
  } finally {
    await source.destroy();
    await drop();
  }
});

describe('the catalogue', () => {
  test('every table has row-level security enabled and forced', async () => {
    const { urls, drop } = await createTestDatabase(postgres.superuserUrl);
    try {
      const open = await withClient(urls.superuser, (client) =>
        client.query(
          `SELECT relname FROM pg_class
            WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
              AND NOT (relrowsecurity AND relforcerowsecurity)`,
        ),
      );
      expect(open.rows.map((row) => row.relname)).toEqual(outsideTheWalls);
    } finally {
      await drop();
    }
  });

  test('every organisation_id has a policy for reading and writing, and no view looks around it', async () => {
    const { urls, drop } = await createTestDatabase(postgres.superuserUrl);
    try {
      await withClient(urls.superuser, async (client) => {
        const unguarded = await client.query(
          `SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
            WHERE a.attname = 'organisation_id' AND c.relkind = 'r' AND NOT EXISTS (
              SELECT 1 FROM pg_policies p WHERE p.tablename = c.relname AND p.cmd = 'ALL'
                 AND p.roles = '{public}' AND p.permissive = 'PERMISSIVE'
                 AND p.qual LIKE '%organisation_id = (NULLIF(current_setting(''app.organisation''::text, true)%'
                 AND p.with_check = p.qual)`,
        );
        expect(unguarded.rows).toEqual([]);
        const wide = await client.query(
          `SELECT tablename FROM pg_policies WHERE qual = 'true' AND roles <> '{fairtake_ops}'`,
        );
        expect(wide.rows).toEqual([]);
        const views = await client.query(
          `SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('v', 'm')
              AND NOT coalesce(reloptions, '{}') @> '{security_invoker=true}'`,
        );
        expect(views.rows).toEqual([]);
      });
    } finally {
      await drop();
    }
  });

  test('the application and the cross-organisation role own nothing and can make nothing', async () => {
    const { urls, drop } = await createTestDatabase(postgres.superuserUrl);
    try {
      await withClient(urls.superuser, async (client) => {
        const owned = await client.query(
          `SELECT relname FROM pg_class WHERE relowner IN ('fairtake_app'::regrole, 'fairtake_ops'::regrole)`,
        );
        expect(owned.rows).toEqual([]);
      });
      for (const url of [urls.app, urls.ops]) {
        const made = withClient(url, (client) => client.query('CREATE TABLE mine (id int)'));
        await expect(made).rejects.toThrow('permission denied for schema public');
        const temporary = withClient(url, (client) => client.query('CREATE TEMPORARY TABLE mine (id int)'));
        await expect(temporary).rejects.toThrow('permission denied to create temporary tables');
      }
    } finally {
      await drop();
    }
  });
});
