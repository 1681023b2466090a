/**
 * Rule 2 of the house: packages that have one home. `folders` are where they may be imported.
 * `testing` may reach for the real thing to set a test up.
 */
const HOMES = [
  { packages: ['fluent-ffmpeg'], folders: ['libs/media'], instead: 'call a function of @fairtake/media' },
  {
    packages: ['bull', '@nestjs/bull'],
    folders: ['libs/queue', 'apps/worker', 'libs/testing'],
    instead: 'enqueue through @fairtake/queue',
  },
  {
    packages: ['@aws-sdk/*', '@smithy/*'],
    folders: ['libs/storage', 'libs/testing'],
    instead: 'use the storage port of @fairtake/storage',
  },
  {
    packages: ['typeorm', 'pg'],
    folders: ['libs/database', 'libs/testing'],
    instead: 'call a repository of @fairtake/database',
  },
];

/** Folders that get their own list because something is at home there. */
export const HOME_FOLDERS = [...new Set(HOMES.flatMap(({ folders }) => folders))];

/** Options of `no-restricted-imports` for a folder; without one, nothing is at home. */
export function restrictedImports(folder) {
  const patterns = HOMES.filter(({ folders }) => !folders.includes(folder)).map(
    ({ packages, folders, instead }) => ({
      group: packages.flatMap((name) => (name.endsWith('*') ? [name] : [name, `${name}/*`])),
      message: `Only ${folders.filter((name) => name !== 'libs/testing').join(' and ')} may import this: ${instead}.`,
    }),
  );
  const environment = 'The environment is read in loadConfig (server-kit) only.';
  const paths = ['process', 'node:process'].map((name) => ({
    name,
    importNames: ['env'],
    message: environment,
  }));
  return { paths, patterns };
}
