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
    { poolSize: 2, statementTimeoutMs: hour, lockTimeoutMs: 5_000, idleInTransactionTimeoutMs: hour },
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
      const ran = await source.runMigrations({ transaction: 'each' });
      return ran.map((migration) => migration.name);
    } finally {
      await turn.query('SELECT pg_advisory_unlock_all()');
      await turn.release();
    }
  } finally {
    await source.destroy();
  }
}
