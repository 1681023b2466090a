import 'reflect-metadata';
import { createLogger, ConfigInvalid, drainServer, stopOnSignal } from '@fairtake/server-kit';
import type { Server } from 'node:http';
import { SetUpService } from './account-links/set-up.service';
import { createApp } from './app';
import { loadApiConfig, type ApiConfig } from './config';

const drainTimeoutMs = 10_000;
/**
 * Longer than proxies keep idle connections (Caddy 120 s, nginx 60 s): otherwise they send a request into one that was
 * just closed.
 */
const keepAliveTimeoutMs = 125_000;

async function main(config: ApiConfig): Promise<void> {
  const logger = createLogger({ name: 'api', level: config.log.level });
  try {
    const app = await createApp(config, { logger });
    const server = app.getHttpServer() as Server;
    server.keepAliveTimeout = keepAliveTimeoutMs;
    // Never cuts a connection that may still be idle.
    server.headersTimeout = keepAliveTimeoutMs + 1_000;
    await app.listen(config.http.port, config.http.host);
    stopOnSignal(async (signal) => {
      logger.info({ signal }, 'stopping');
      const drained = await drainServer(server, { timeoutMs: drainTimeoutMs });
      await app.close();
      logger.info({ drained }, 'stopped');
    });
    logger.info(
      { port: config.http.port, host: config.http.host, publicUrl: config.http.publicUrl },
      'listening',
    );
    await app.get(SetUpService).offerSetUpLink();
  } catch (error) {
    logger.error({ err: error }, 'could not start');
    process.exitCode = 1;
  }
}

/** Only here does this process read its environment; its command-line tools read their own. */
function readConfig(): ApiConfig | null {
  try {
    return loadApiConfig(process.env);
  } catch (error) {
    if (!(error instanceof ConfigInvalid)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
    return null;
  }
}

const config = readConfig();
if (config) void main(config);
