import { errorCatalogue, type ErrorCode, type Problem } from '@fairtake/contracts';
import { HttpException } from '@nestjs/common';
import { AppError, type AppErrorOptions } from './app-error';

/** How long a client should wait when a part of the service is down. */
const unavailableRetrySeconds = 5;

/**
 * Errors of the libs, known by name so that this lib needs none of them: their own code stays theirs, the client
 * learns only that it may come back.
 */
const byName: Record<string, { code: ErrorCode; retryAfterSeconds?: number }> = {
  DatabaseUnavailable: { code: 'unavailable', retryAfterSeconds: unavailableRetrySeconds },
  StorageUnavailable: { code: 'unavailable', retryAfterSeconds: unavailableRetrySeconds },
  QueueUnavailable: { code: 'unavailable', retryAfterSeconds: unavailableRetrySeconds },
  RangeNotSatisfiable: { code: 'range_not_satisfiable' },
  StorageFull: { code: 'storage_full', retryAfterSeconds: 60 },
};

/** `type` of the errors that Express' body parsers raise (npm: body-parser, raw-body). */
const byParserType: Record<string, ErrorCode> = {
  'entity.parse.failed': 'body_not_json',
  'entity.too.large': 'body_too_large',
  'encoding.unsupported': 'media_type_unsupported',
  'charset.unsupported': 'media_type_unsupported',
  'request.size.invalid': 'chunk_length_wrong',
  'request.aborted': 'chunk_length_wrong',
};

/** What Nest and Express raise by themselves, by status. */
const byStatus: Record<number, ErrorCode> = {
  400: 'params_invalid',
  404: 'method_unknown',
  413: 'body_too_large',
  415: 'media_type_unsupported',
};

/**
 * The documented error a thrown value stands for. Anything not foreseen is `internal` with the value as its cause;
 * its text never reaches the client.
 */
export function toAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  if (!(thrown instanceof Error)) return new AppError('internal', { cause: thrown });
  const known = byName[thrown.name];
  if (known) return new AppError(known.code, { cause: thrown, ...retryAfter(known.retryAfterSeconds) });
  // Nest wraps what Express' parsers throw; the parser's own error is the cause.
  const source = thrown instanceof HttpException && thrown.cause instanceof Error ? thrown.cause : thrown;
  const { type } = source as { type?: unknown };
  const parserCode = typeof type === 'string' ? byParserType[type] : undefined;
  if (parserCode) return new AppError(parserCode, { cause: thrown });
  const status = thrown instanceof HttpException ? thrown.getStatus() : undefined;
  return new AppError((status && byStatus[status]) || 'internal', { cause: thrown });
}

/** The RFC 9457 document of an error. */
export function toProblem(error: AppError, requestId: string): Problem {
  const { cause: _cause, ...members } = error.options;
  return {
    type: `urn:fairtake:problem:${error.code}`,
    title: errorCatalogue[error.code].title,
    status: error.status,
    code: error.code,
    requestId,
    ...members,
  };
}

const retryAfter = (seconds: number | undefined): Pick<AppErrorOptions, 'retryAfterSeconds'> =>
  seconds === undefined ? {} : { retryAfterSeconds: seconds };
