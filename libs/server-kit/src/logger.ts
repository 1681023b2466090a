import type { LoggerService } from '@nestjs/common';
import { pino, type DestinationStream, type Logger } from 'pino';
import { currentRequestId } from './request-context';

export type { Logger } from 'pino';

export interface LoggerOptions {
  /** Name of the process: `api` or `worker`. */
  name: string;
  level: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  /** Where lines go; standard output when absent. */
  destination?: DestinationStream;
}

const causeDepthMax = 5;

/**
 * An error as it may be logged: name, message, code, stack and causes. Errors of database drivers and HTTP clients
 * carry whole queries, parameters and headers as properties, and those hold personal data.
 */
export function describeError(error: unknown, depth = 0): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: typeof error === 'string' ? error : 'not an Error' };
  const { code } = error as { code?: unknown };
  return {
    type: error.name,
    message: error.message,
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    stack: error.stack,
    ...(error.cause !== undefined && depth < causeDepthMax
      ? { cause: describeError(error.cause, depth + 1) }
      : {}),
  };
}

/**
 * One JSON object per line. Callers pass ids, counts and durations, never bodies, addresses of people or tokens: the
 * log of an installation that forgets people on request must have nothing to forget.
 */
export function createLogger({ name, level, destination }: LoggerOptions): Logger {
  const options = {
    name,
    level,
    base: { name },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: describeError },
    mixin: () => {
      const requestId = currentRequestId();
      return requestId ? { requestId } : {};
    },
  };
  return destination ? pino(options, destination) : pino(options);
}

/** Sends Nest's own messages through our logger. Its start-up chatter is debug level to us. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, ...context: unknown[]): void {
    this.logger.debug({ context: contextOf(context) }, String(message));
  }

  warn(message: unknown, ...context: unknown[]): void {
    this.logger.warn({ context: contextOf(context) }, String(message));
  }

  error(message: unknown, ...context: unknown[]): void {
    const err = message instanceof Error ? message : undefined;
    this.logger.error({ context: contextOf(context), ...(err ? { err } : {}) }, String(message));
  }

  fatal(message: unknown, ...context: unknown[]): void {
    this.error(message, ...context);
  }
}

/** Nest passes the class name last and, for errors, a stack before it. */
const contextOf = (context: unknown[]): string | undefined => {
  const last = context.at(-1);
  return typeof last === 'string' ? last : undefined;
};
