import { DataSource, type DataSourceOptions } from 'typeorm';
import { entities } from './entities';

export interface ConnectionLimits {
  /** Connections of each of the two pools (application, cross-organisation). */
  poolSize?: number;
  /** How long to wait for a free or new connection. */
  connectionTimeoutMs?: number;
  statementTimeoutMs?: number;
  lockTimeoutMs?: number;
  /** How long a transaction may sit without a statement before the server ends it. */
  idleInTransactionTimeoutMs?: number;
  /** Told when an idle connection breaks; the pool has already replaced it. */
  onConnectionLost?: (error: Error) => void;
}

/** A TypeORM source with limits on everything that could wait for ever. Nothing is ever synchronised. */
export function createDataSource(
  url: string,
  applicationName: string,
  limits: ConnectionLimits = {},
  more: Partial<Pick<DataSourceOptions, 'migrations' | 'migrationsTableName'>> = {},
): DataSource {
  return new DataSource({
    type: 'postgres',
    url,
    applicationName,
    entities,
    ...more,
    synchronize: false,
    installExtensions: false,
    poolSize: limits.poolSize ?? 10,
    connectTimeoutMS: limits.connectionTimeoutMs ?? 5_000,
    poolErrorHandler: (error: Error) => limits.onConnectionLost?.(error),
    extra: {
      keepAlive: true,
      // Statements that need no answer of one another leave in one round trip; all others wait as ever.
      pipeline: true,
      statement_timeout: limits.statementTimeoutMs ?? 10_000,
      lock_timeout: limits.lockTimeoutMs ?? 5_000,
      idle_in_transaction_session_timeout: limits.idleInTransactionTimeoutMs ?? 15_000,
    },
  });
}
