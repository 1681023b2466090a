import { createDatabase } from '@fairtake/database';
import { createLogger, NestLogger, ProblemFilter, requestLog, type Logger } from '@fairtake/server-kit';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import cookieParser from 'cookie-parser';
import { AppModule } from './app.module';
import type { ApiConfig } from './config';
import { Clock } from './infrastructure.module';
import { buildOpenApi } from './openapi/openapi-document';
import { OpenApiService } from './openapi/openapi.service';
import { jsonBody } from './routes/json-body';
import { assertRoutesDeclared } from './routes/route-check';
import { RouteTable } from './routes/route-table';
import { requireSameOrigin } from './security/same-origin';
import { securityHeaders } from './security/security-headers';
import { webPages } from './web/web-pages';

export interface AppOverrides {
  logger?: Logger;
  clock?: Clock;
}

/**
 * The whole application, connected and ready to listen. Used by main.ts and by the medium tests, so that what is
 * tested is what runs.
 *
 * @throws DatabaseUnavailable, and Error when a route is not fully declared
 */
export async function createApp(
  config: ApiConfig,
  overrides: AppOverrides = {},
): Promise<NestExpressApplication> {
  const logger = overrides.logger ?? createLogger({ name: 'api', level: config.log.level });
  const database = await createDatabase({
    ...config.database,
    onConnectionLost: (error) => logger.warn({ err: error }, 'database connection lost'),
  });
  const infrastructure = { config, logger, database, clock: overrides.clock ?? new Clock() };
  try {
    const app = await NestFactory.create<NestExpressApplication>(AppModule.with(infrastructure), {
      logger: new NestLogger(logger),
      bodyParser: false,
      abortOnError: false,
    });
    installHttp(app, config, logger);
    assertRoutesDeclared(app.get(RouteTable).list());
    await app.init();
    app.get(OpenApiService).text = JSON.stringify(buildOpenApi(app));
    return app;
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** The order matters: an id for the log first, then headers, pages, and refusals before any body is read. */
function installHttp(app: NestExpressApplication, { http, web }: ApiConfig, logger: Logger): void {
  app.disable('x-powered-by');
  app.set('etag', false);
  app.set('query parser', 'simple');
  app.set('trust proxy', http.trustedProxies.length > 0 ? http.trustedProxies : false);
  app.use(requestLog(logger));
  app.use(securityHeaders(http.publicUrl));
  app.use(webPages(web.directory));
  app.use(requireSameOrigin(http.publicUrl));
  app.use(cookieParser());
  app.use(jsonBody());
  app.useGlobalFilters(new ProblemFilter(logger));
}
