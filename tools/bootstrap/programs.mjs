import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { StopReason } from './stop-reason.mjs';
import { say, warn } from './terminal.mjs';

/**
 * System programs a tool may need. `variable` lets a person name their own; `names` are looked up on the
 * PATH, then `places`; `apt` and `brew` are what provides them.
 */
export const PROGRAMS = {
  ffmpeg: { variable: 'FFMPEG_PATH', names: ['ffmpeg'], apt: 'ffmpeg', brew: 'ffmpeg' },
  ffprobe: { variable: 'FFPROBE_PATH', names: ['ffprobe'], apt: 'ffmpeg', brew: 'ffmpeg' },
  redis: { variable: 'REDIS_SERVER_PATH', names: ['redis-server'], apt: 'redis-server', brew: 'redis' },
  chromium: {
    variable: 'CHROMIUM_PATH',
    names: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
    places: [
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    ],
    apt: 'chromium',
    brew: '--cask chromium',
  },
};

/** Absolute path of a program of `PROGRAMS`, or null. A path named by its variable must exist. */
export function findProgram(key) {
  const { variable, names, places = [] } = PROGRAMS[key];
  const named = process.env[variable];
  if (named) {
    if (isExecutable(named)) return named;
    throw new StopReason(`${variable} names ${named}, which cannot be run.`);
  }
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/local/bin', '/opt/homebrew/bin'];
  const candidates = names.flatMap((name) => folders.filter(isAbsolute).map((folder) => join(folder, name)));
  return [...candidates, ...places].find(isExecutable) ?? null;
}

/**
 * Paths of all programs asked for, installing the missing ones through apt or brew after saying so.
 * `extraApt` names packages wanted but not required (fonts). Throws StopReason with the exact command when
 * it may not install by itself.
 */
export function ensurePrograms(keys, extraApt = []) {
  const missing = keys.filter((key) => findProgram(key) === null);
  if (missing.length > 0 || extraApt.length > 0) install(missing, extraApt);
  const still = keys.filter((key) => findProgram(key) === null);
  if (still.length > 0) {
    const variables = still.map((key) => PROGRAMS[key].variable).join(', ');
    throw new StopReason(
      `Still not found after installing: ${still.join(', ')}. Name them with ${variables}.`,
    );
  }
  return Object.fromEntries(keys.map((key) => [key, findProgram(key)]));
}

function install(missing, extraApt) {
  const brew = process.platform === 'darwin';
  const wanted = [
    ...new Set([...missing.map((key) => PROGRAMS[key][brew ? 'brew' : 'apt']), ...(brew ? [] : extraApt)]),
  ];
  if (wanted.length === 0) return;
  const commands = brew ? wanted.map((name) => `brew install ${name}`) : aptCommands(wanted);
  const byHand = commands.join(' && ');
  if (!canInstall(brew)) {
    if (missing.length === 0) return warn('programs', `wanted but not installed: ${byHand}`);
    throw new StopReason(`Missing: ${missing.join(', ')}. Please run\n\n    ${byHand}\n\nand start again.`);
  }
  say('programs', `missing: ${wanted.join(', ')}. Installing with: ${byHand}`);
  for (const command of commands) {
    const [program, ...rest] = command.split(' ');
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const { status } = spawnSync(program, rest, { stdio: ['inherit', 'ignore', 'inherit'], env });
    if (status === 0) continue;
    if (missing.length === 0)
      return warn('programs', `could not install ${wanted.join(', ')}, going on without`);
    throw new StopReason(
      `\`${command}\` failed. Please install ${missing.join(', ')} by hand and start again.`,
    );
  }
}

function aptCommands(packages) {
  const sudo = process.getuid?.() === 0 ? '' : 'sudo ';
  return [
    `${sudo}apt-get update -q`,
    `${sudo}apt-get install -y -q --no-install-recommends ${packages.join(' ')}`,
  ];
}

function canInstall(brew) {
  if (brew) return succeeds('brew', ['--version']);
  if (!succeeds('apt-get', ['--version'])) return false;
  // With a terminal sudo may ask for the password; without one it must not hang.
  return process.getuid?.() === 0 || succeeds('sudo', process.stdin.isTTY ? ['--version'] : ['-n', 'true']);
}

function succeeds(program, parameters) {
  return spawnSync(program, parameters, { stdio: 'ignore' }).status === 0;
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
