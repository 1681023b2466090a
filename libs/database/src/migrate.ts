import type { DataSource } from 'typeorm';
import { createDataSource } from './connection';
import { migrations } from './migrations';

/** Any number: the same in every process that migrates. */
const MIGRATION_LOCK = 7_215_001;
const hour = 3_600_000;

/** A source for the schema's owner: knows the migrations, and waits for long statements. */
export function createMigratorSource(url: string): DataSource {
  return createDataSource(
    url,
    'fairtake-migrate',
    // A migration must not queue behind a long reader and block everybody after it: it gives up on the lock instead.
    { poolSize: 2, statementTimeoutMs: hour, lockTimeoutMs: 2_000, idleInTransactionTimeoutMs: hour },
    { migrations, migrationsTableName: 'schema_migration' },
  );
}

/**
 * Runs the migrations that are missing, each in a transaction. Two processes that start together take turns.
 *
 * @param options.url connection URL of `fairtake_migrator`
 * @returns the names of the migrations that ran
 */
export async function migrate(options: { url: string }): Promise<string[]> {
  const source = await createMigratorSource(options.url).initialize();
  try {
    const turn = source.createQueryRunner();
    try {
      await turn.query(`SET lock_timeout = '5min'`);
      await turn.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
      const before = await names(source);
      await runMissing(source);
      return (await names(source)).slice(before.length);
    } finally {
      await turn.query('SELECT pg_advisory_unlock_all()');
      await turn.release();
    }
  } finally {
    await source.destroy();
  }
}

/** A table in use was busy, or a request waited for the migration and it for the request. */
const busy = ['55P03', '40P01'];
const attempts = 30;

/** Each migration is whole or not at all, so what a busy table stopped is simply begun again. */
async function runMissing(source: DataSource): Promise<void> {
  for (let attempt = 1; ; attempt += 1)
    try {
      await source.runMigrations({ transaction: 'each' });
      return;
    } catch (error) {
      const { code } = error as { code?: string };
      if (attempt >= attempts || !code || !busy.includes(code)) throw error;
    }
}

async function names(source: DataSource): Promise<string[]> {
  const [table] = await source.query<{ known: boolean }[]>(
    `SELECT to_regclass('schema_migration') IS NOT NULL AS known`,
  );
  if (!table!.known) return [];
  const rows = await source.query<{ name: string }[]>('SELECT name FROM schema_migration ORDER BY timestamp');
  return rows.map((row) => row.name);
}
