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
/**
 * Shut down by an administrator, crash, still starting, idle session ended; lock not available or statement not done
 * in time, transaction left idle too long. The last three mean a database that is too busy, or we are.
 */
const unavailableStates = ['57P01', '57P02', '57P03', '57P05', '55P03', '57014', '25P03'];
const unavailableSockets = [
  ...['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT'],
  ...['EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN'],
];
/** pg and its pool give these no code. */
const unavailableMessages =
  /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect|timeout expired)/;

/** Whether an error of the driver says that the database (not the query) is the problem. */
export function isUnavailable(error: unknown): boolean {
  const { code, message } = fieldsOf(error);
  return (
    unavailableClasses.includes(code.slice(0, 2)) ||
    unavailableStates.includes(code) ||
    unavailableSockets.includes(code) ||
    unavailableMessages.test(message)
  );
}

/** Serialisation failure or deadlock: the whole transaction was undone and may simply run again. */
export function isConflict(error: unknown): boolean {
  return ['40001', '40P01'].includes(fieldsOf(error).code);
}

/** The violated unique constraint, for repositories that turn a duplicate into a value; undefined for other errors. */
export function violatedUnique(error: unknown): string | undefined {
  const { code, constraint } = fieldsOf(error);
  return code === '23505' ? constraint : undefined;
}

/** TypeORM copies the driver's fields onto its QueryFailedError. */
function fieldsOf(error: unknown): { code: string; message: string; constraint?: string } {
  const fields = (typeof error === 'object' && error !== null ? error : {}) as Record<string, unknown>;
  return {
    code: typeof fields.code === 'string' ? fields.code : '',
    message: typeof fields.message === 'string' ? fields.message : '',
    ...(typeof fields.constraint === 'string' ? { constraint: fields.constraint } : {}),
  };
}
