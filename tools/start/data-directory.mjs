import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StopReason } from '../bootstrap/stop-reason.mjs';
import { freePort, portIsFree } from '../services/ports.mjs';

/**
 * Makes the data directory and says where things lie in it. Only the way through is open to others
 * (PostgreSQL may run as another user); each folder in it is private.
 */
export function openDataDirectory(directory) {
  mkdirSync(directory, { recursive: true });
  chmodSync(directory, 0o711);
  const places = {
    directory,
    postgres: join(directory, 'postgres'),
    redis: join(directory, 'redis'),
    storage: join(directory, 'storage'),
    work: join(directory, 'work'),
    logs: join(directory, 'logs'),
    demoFile: join(directory, 'demo.json'),
    runFile: join(directory, 'run.json'),
    secretsFile: join(directory, 'secrets.json'),
    installationFile: join(directory, 'installation.json'),
  };
  for (const folder of [places.storage, places.work, places.logs])
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  return places;
}

/** Passwords of the parts, made once and kept in a file only its owner reads. */
export function loadSecrets(file) {
  const kept = readJson(file) ?? {};
  const names = ['superuser', 'app', 'ops', 'migrator', 'redis'];
  const secrets = Object.fromEntries(
    names.map((name) => [name, kept[name] ?? randomBytes(24).toString('hex')]),
  );
  writeJson(file, secrets);
  return secrets;
}

/** Decided on the first start and kept: private ports, and whether this installation shows the demo. */
export async function loadInstallation(file, { demo }) {
  const kept = readJson(file) ?? { demo, ports: {} };
  const ports = {
    postgres: await keepOrChoosePort(kept.ports.postgres),
    redis: await keepOrChoosePort(kept.ports.redis),
  };
  const installation = { ...kept, ports };
  writeJson(file, installation);
  return installation;
}

async function keepOrChoosePort(port) {
  return port && (await portIsFree(port)) ? port : freePort();
}

/** The parsed file, or null when there is none. A file that cannot be read as JSON is named. */
export function readJson(file) {
  let text;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return null;
    throw error;
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new StopReason(`${file} is damaged (not JSON). Put back a copy, or remove it.`, { cause });
  }
}

/** Writes beside and renames: a crash leaves the old file or the new one. Mode 0600. */
export function writeJson(file, value) {
  const beside = `${file}.${process.pid}`;
  writeFileSync(beside, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  renameSync(beside, file);
}
