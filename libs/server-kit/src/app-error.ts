import { errorCatalogue, type ErrorCode, type Problem } from '@fairtake/contracts';

/** What may travel with an error code to the client; everything else stays in the log. */
export interface AppErrorOptions extends Pick<
  Problem,
  'detail' | 'errors' | 'missing' | 'retryAfterSeconds' | 'expiredAt' | 'timeRequest'
> {
  /** The error behind this one. Logged, never sent. */
  cause?: unknown;
}

/**
 * An outcome that ends a request with a documented error code. The problem filter turns it into an RFC 9457 document;
 * throw it from services and guards, never an HttpException.
 */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly status: number;

  constructor(
    readonly code: ErrorCode,
    readonly options: AppErrorOptions = {},
  ) {
    super(errorCatalogue[code].title, { cause: options.cause });
    this.status = errorCatalogue[code].status;
  }
}
