/** PostgreSQL is away, restarting, or has no room for us: nothing is wrong with the request, try again later. */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable';

  constructor(cause: unknown) {
    super('The database cannot be reached.', { cause });
  }
}

/** A transaction was opened inside another one: it would take a second connection and can exhaust the pool. */
export class NestedTransaction extends Error {
  override readonly name = 'NestedTransaction';

  constructor() {
    super('inOrganisation was called inside inOrganisation: pass the transaction (tx) on instead.');
  }
}

/** SQLSTATE classes (PostgreSQL, appendix A): connection exceptions, too few resources. */
const unavailableClasses = ['08', '53'];
/** Shut down by an administrator, crash, still starting, idle session ended, lock not available in time. */
const unavailableStates = ['57P01', '57P02', '57P03', '57P05', '55P03'];
const unavailableSockets = [
  ...['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT'],
  ...['EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN'],
];
/** pg and its pool give these no code. */
const unavailableMessages =
  /^(Connection terminated|timeout exceeded when trying to connect|timeout expired)/;

/** Whether an error of the driver says that the database (not the query) is the problem. */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = codeOf(error);
  return (
    unavailableClasses.includes(code.slice(0, 2)) ||
    unavailableStates.includes(code) ||
    unavailableSockets.includes(code) ||
    unavailableMessages.test(error.message)
  );
}

/** Serialisation failure or deadlock: the whole transaction was undone and may simply run again. */
export function isConflict(error: unknown): boolean {
  return error instanceof Error && ['40001', '40P01'].includes(codeOf(error));
}

/** The violated constraint, for repositories that turn a duplicate into a value; undefined for any other error. */
export function violatedUnique(error: unknown): string | undefined {
  if (!(error instanceof Error) || codeOf(error) !== '23505') return undefined;
  return (error as Error & { constraint?: string }).constraint;
}

/** TypeORM copies the driver's fields onto its QueryFailedError. */
const codeOf = (error: Error): string => String((error as Error & { code?: unknown }).code ?? '');
