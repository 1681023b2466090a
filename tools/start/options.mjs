import { isAbsolute, join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from '../bootstrap/paths.mjs';
import { StopReason } from '../bootstrap/stop-reason.mjs';

export const HELP = `npm start -- [options]

Brings up Fairtake: database, queue, API, worker and the web pages, in one place, until Ctrl-C.

  --port <number>     where to listen (default 3000, or PORT)
  --data-dir <folder> where everything is kept (default .data, or DATA_DIR)
  --no-demo           start empty; the log shows a one-time link to make the first organisation
  --help              this text

DATABASE_URL, REDIS_URL and STORAGE_* replace the built-in parts: see .env.example.`;

/**
 * What the person asked for: command line over environment over defaults. Faults are named, not guessed
 * around.
 *
 * @returns {{ help: boolean, port: number, host: string, dataDirectory: string, demo: boolean }}
 */
export function readOptions(parameters, env) {
  const { values } = parse(parameters);
  const port = Number(values.port ?? env.PORT ?? 3000);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new StopReason(`The port must be a number from 1 to 65535, not "${values.port ?? env.PORT}".`);
  }
  const folder = values['data-dir'] ?? env.DATA_DIR ?? '.data';
  return {
    help: values.help ?? false,
    port,
    host: env.HOST || '127.0.0.1',
    dataDirectory: isAbsolute(folder) ? folder : join(ROOT, folder),
    demo: !values['no-demo'],
  };
}

function parse(parameters) {
  try {
    return parseArgs({
      args: parameters,
      options: {
        port: { type: 'string' },
        'data-dir': { type: 'string' },
        'no-demo': { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new StopReason(`${error.message}\n\n${HELP}`);
  }
}
