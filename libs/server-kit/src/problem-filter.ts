import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Response } from 'express';
import type { Logger } from './logger';
import { toAppError, toProblem } from './problem';
import { currentRequestId } from './request-context';

/** The one place where a thrown value becomes a reply. Installed globally, so every route fails in the same form. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<Response>();
    const error = toAppError(thrown);
    const requestId = currentRequestId() ?? String(response.getHeader('X-Request-Id') ?? '');
    if (error.status >= 500)
      this.logger.error({ requestId, code: error.code, err: error.cause ?? error }, 'failed');
    // Half a reply is on the wire: a second one would be read as part of it, so cut the connection instead.
    if (response.headersSent) {
      response.destroy();
      return;
    }
    response.status(error.status);
    response.setHeader('Cache-Control', 'no-store');
    if (error.options.retryAfterSeconds !== undefined)
      response.setHeader('Retry-After', String(error.options.retryAfterSeconds));
    response.type('application/problem+json').send(JSON.stringify(toProblem(error, requestId)));
  }
}
