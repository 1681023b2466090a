import 'reflect-metadata';
import { Database } from '@fairtake/database';
import { createLogger } from '@fairtake/server-kit';
import { NestFactory } from '@nestjs/core';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { AppModule } from './app.module';
import { loadApiConfig } from './config';
import { Clock } from './infrastructure.module';
import { buildOpenApi } from './openapi/openapi-document';

const target = path.join(__dirname, '../../../docs/api/openapi.json');

/** Describes the routes without serving them: nothing connects, so no service needs to run. */
async function describeRoutes(): Promise<string> {
  const nowhere = 'postgres://nowhere/none';
  const config = loadApiConfig({ DATABASE_URL: nowhere, OPS_DATABASE_URL: nowhere });
  const logger = createLogger({ name: 'api', level: 'silent' });
  // Never asked anything: a real one would have to connect first.
  const database = Object.create(Database.prototype) as Database;
  const module = AppModule.with({ config, logger, database, clock: new Clock() });
  const app = await NestFactory.create(module, { logger: false, abortOnError: false });
  return `${JSON.stringify(buildOpenApi(app), null, 2)}\n`;
}

async function main(check: boolean): Promise<void> {
  const described = await describeRoutes();
  if (!check) {
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, described);
    return;
  }
  if (readFileSync(target, 'utf8') !== described) {
    process.stderr.write('docs/api/openapi.json is not what the routes say. Run: npm run openapi\n');
    process.exitCode = 1;
  }
}

void main(process.argv.includes('--check'));
