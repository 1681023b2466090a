import { AsyncLocalStorage } from 'node:async_hooks';
import {
  QueryRunnerAlreadyReleasedError,
  QueryRunnerProviderAlreadyReleasedError,
  type DataSource,
  type QueryRunner,
} from 'typeorm';
import { ChunkLedger } from './chunk-ledger';
import { createDataSource, type ConnectionLimits } from './connection';
import { DatabaseUnavailable, isConflict, isUnavailable, NestedTransaction } from './errors';
import { ask, askInOrganisation } from './one-trip';
import { OpsRepositories } from './ops/ops-repositories';
import { TenantContext } from './tenant-context';

export interface DatabaseOptions extends ConnectionLimits {
  /** Connection URL of `fairtake_app`. */
  appUrl: string;
  /** Connection URL of `fairtake_ops`. */
  opsUrl: string;
}

export interface TransactionOptions {
  /** The server refuses writes. */
  readOnly?: boolean;
}

const CONFLICT_ATTEMPTS = 3;

/** Connects both pools. @throws DatabaseUnavailable */
export async function createDatabase(options: DatabaseOptions): Promise<Database> {
  const app = createDataSource(options.appUrl, 'fairtake-app', options);
  const ops = createDataSource(options.opsUrl, 'fairtake-ops', options);
  try {
    await app.initialize();
    await ops.initialize();
  } catch (error) {
    for (const source of [app, ops]) if (source.isInitialized) await source.destroy();
    throw isUnavailable(error) ? new DatabaseUnavailable(error) : error;
  }
  return new Database(app, ops);
}

/** The only way to the rows: inside one organisation, or through the few questions that stand above them. */
export class Database {
  /** Lookups across organisations, with narrow rights: what must be known before an organisation is. */
  readonly ops: OpsRepositories;
  /** What every chunk of a recording asks, in as few round trips as there can be. */
  readonly chunks: ChunkLedger;
  readonly #app: DataSource;
  readonly #ops: DataSource;
  readonly #open = new AsyncLocalStorage<{ open: boolean }>();

  constructor(app: DataSource, ops: DataSource) {
    this.#app = app;
    this.#ops = ops;
    this.ops = new OpsRepositories({
      run: (work) => surfacing(() => retrying(() => work(ops.manager))),
      transaction: (work) => surfacing(() => retrying(() => ops.transaction(work))),
      ask: (statement, values) => surfacing(() => retrying(() => ask(ops, statement, values))),
    });
    this.chunks = new ChunkLedger((organisationId, statement, values) => {
      if (this.#open.getStore()?.open) throw new NestedTransaction();
      return surfacing(() => retrying(() => askInOrganisation(app, organisationId, statement, values)));
    });
  }

  /**
   * Runs `work` in one transaction that sees and writes the rows of one organisation, and no other. Commits when it
   * resolves, undoes everything when it rejects. After a serialisation failure or a deadlock the whole work runs again
   * (three times at most), so it must do nothing but use `tx`: no bytes, mail, processes or streams.
   *
   * @throws DatabaseUnavailable, NestedTransaction, and whatever `work` throws
   */
  async inOrganisation<T>(
    organisationId: string,
    work: (tx: TenantContext) => Promise<T>,
    options: TransactionOptions = {},
  ): Promise<T> {
    if (this.#open.getStore()?.open) throw new NestedTransaction();
    return surfacing(() => retrying(() => this.#transact(organisationId, work, options)));
  }

  async #transact<T>(
    organisationId: string,
    work: (tx: TenantContext) => Promise<T>,
    options: TransactionOptions,
  ): Promise<T> {
    const runner = this.#app.createQueryRunner();
    const mark = { open: true };
    try {
      await runner.startTransaction();
      await runner.query(
        `SELECT set_config('app.organisation', $1, true), set_config('transaction_read_only', $2, true)`,
        [organisationId, options.readOnly ? 'on' : 'off'],
      );
      const result = await this.#open.run(mark, () =>
        work(new TenantContext(organisationId, runner.manager)),
      );
      await runner.commitTransaction();
      return result;
    } catch (error) {
      // A broken connection cannot roll back and need not: the server has done it. The first error is the story.
      if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
      throw lostConnection(runner, error) ? new DatabaseUnavailable(error) : error;
    } finally {
      mark.open = false;
      await runner.release();
    }
  }

  /** Asks both pools for an answer. @throws DatabaseUnavailable */
  async checkHealth(): Promise<void> {
    await surfacing(async () => {
      await this.#app.query('SELECT 1');
      await this.#ops.query('SELECT 1');
    });
  }

  /** Waits for running queries and closes both pools. */
  async close(): Promise<void> {
    await Promise.all([this.#app.destroy(), this.#ops.destroy()]);
  }
}

/** TypeORM lets go of a runner whose connection breaks between two statements; the next statement only says so. */
const lostConnection = (runner: QueryRunner, error: unknown): boolean =>
  runner.isReleased &&
  (error instanceof QueryRunnerAlreadyReleasedError ||
    error instanceof QueryRunnerProviderAlreadyReleasedError);

async function surfacing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw isUnavailable(error) || isConflict(error) ? new DatabaseUnavailable(error) : error;
  }
}

async function retrying<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === CONFLICT_ATTEMPTS || !isConflict(error)) throw error;
    }
  }
}
