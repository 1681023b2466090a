import { createTestDatabase, type TestDatabase } from '@fairtake/database/testing';
import { createLogger } from '@fairtake/server-kit';
import type { Storage } from '@fairtake/storage';
import { makeTemporaryDirectory, startTestPostgres, startTestRedis } from '@fairtake/testing';
import type { NestExpressApplication } from '@nestjs/platform-express';
import fs from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { createApp } from '../src/app';
import { loadApiConfig } from '../src/config';
import { Clock, STORAGE } from '../src/infrastructure.module';
import { HttpClient } from './http-client';

/** The server's clock of a test: real time plus what the test added. */
export class MovableClock extends Clock {
  private aheadMs = 0;

  override now(): Date {
    return new Date(Date.now() + this.aheadMs);
  }

  advance(ms: number): void {
    this.aheadMs += ms;
  }

  /** Back to real time: sessions opened by a world live for an hour. */
  reset(): void {
    this.aheadMs = 0;
  }
}

export interface TestApp {
  app: NestExpressApplication;
  database: TestDatabase['database'];
  urls: TestDatabase['urls'];
  clock: MovableClock;
  http: HttpClient;
  storage: Storage;
  /** Where the application keeps bytes. */
  storageDirectory: string;
  /** Every log line written so far. */
  log(): string;
  close(): Promise<void>;
}

/**
 * The real application in this process: its own empty database, Redis, disk storage in a temporary folder, a web build
 * of two small pages, a free port.
 *
 * @param env variables that differ from those
 */
export async function startTestApp(env: Record<string, string> = {}): Promise<TestApp> {
  const undo: (() => Promise<unknown>)[] = [];
  const close = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    return await assemble(env, undo, close);
  } catch (error) {
    await close();
    throw error;
  }
}

async function assemble(
  env: Record<string, string>,
  undo: (() => Promise<unknown>)[],
  close: () => Promise<void>,
): Promise<TestApp> {
  const postgres = await startTestPostgres();
  undo.push(() => postgres.stop());
  const redis = await startTestRedis();
  undo.push(() => redis.stop());
  const directory = await makeTemporaryDirectory({ name: 'api' });
  undo.push(() => directory.remove());
  const { database, urls, drop } = await createTestDatabase(postgres.superuserUrl);
  undo.push(drop);
  const storageDirectory = path.join(directory.path, 'storage');
  const config = loadApiConfig({
    DATABASE_URL: urls.app,
    OPS_DATABASE_URL: urls.ops,
    REDIS_URL: redis.url,
    STORAGE_DIRECTORY: storageDirectory,
    WEB_DIRECTORY: await writePages(directory.path),
    // Requests name their own address (HttpClient `from`), so that failure limits of one test leave others alone.
    TRUSTED_PROXIES: 'loopback',
    ...env,
  });
  const lines: string[] = [];
  const destination = { write: (line: string) => lines.push(line) };
  const logger = createLogger({ name: 'api', level: 'debug', destination });
  const clock = new MovableClock();
  const app = await createApp(config, { logger, clock });
  undo.push(() => app.close());
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  const http = new HttpClient(port);
  const storage = app.get<Storage>(STORAGE);
  return { app, database, urls, clock, http, storage, storageDirectory, log: () => lines.join(''), close };
}

async function writePages(directory: string): Promise<string> {
  const web = path.join(directory, 'web');
  await fs.mkdir(path.join(web, 'assets'), { recursive: true });
  await fs.writeFile(
    path.join(web, 'index.html'),
    '<!doctype html><meta name="nonce" content="__CSP_NONCE__">staff',
  );
  await fs.writeFile(path.join(web, 'candidate.html'), '<!doctype html>candidate');
  await fs.writeFile(path.join(web, 'assets', 'staff-1a2b3c.js'), 'export {};');
  await fs.writeFile(path.join(web, 'sw.js'), 'self.build = 1;');
  return web;
}
