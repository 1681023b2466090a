/** Folders under libs/: their names are their `type:` tags. */
const LIBS = [
  'capture',
  'contracts',
  'database',
  'domain',
  'media',
  'queue',
  'server-kit',
  'storage',
  'testing',
];

/** Rule 1 of the house (docs: architecture): who may import whom, by tag. */
const MAY_IMPORT = {
  contracts: [],
  domain: ['contracts'],
  capture: ['contracts', 'domain'],
  database: ['contracts', 'domain'],
  storage: ['contracts', 'domain'],
  media: ['contracts', 'domain'],
  queue: ['contracts', 'domain', 'database', 'server-kit'],
  'server-kit': ['contracts', 'domain'],
  testing: LIBS,
  tools: LIBS,
  e2e: LIBS,
  // What a server app and the web app may see differs by `runtime:` below.
  app: LIBS.filter((name) => name !== 'testing'),
};

/** Tests may import `testing` and what it is made of; nothing else is looser for them. */
const TEST_MAY_ALSO_IMPORT = ['testing', 'contracts', 'domain', 'database', 'storage'];

/** `contracts` is zod and nothing else, `domain` has no package at all. */
const PACKAGES = { contracts: ['zod', 'zod/*'], domain: [] };

/** The options of `@nx/enforce-module-boundaries` for product files or for tests. */
export function boundaryOptions({ tests }) {
  const tags = (names) => names.map((name) => `type:${name}`);
  const byType = Object.entries(MAY_IMPORT).map(([type, names]) => ({
    sourceTag: `type:${type}`,
    onlyDependOnLibsWithTags: tags(tests ? [...new Set([...names, ...TEST_MAY_ALSO_IMPORT])] : names),
    ...(PACKAGES[type] && !tests ? { allowedExternalImports: PACKAGES[type] } : {}),
  }));
  const byRuntime = [
    {
      sourceTag: 'runtime:any',
      onlyDependOnLibsWithTags: ['runtime:any', ...(tests ? ['runtime:server'] : [])],
    },
    { sourceTag: 'runtime:browser', onlyDependOnLibsWithTags: ['runtime:any', 'runtime:browser'] },
    {
      sourceTag: 'runtime:server',
      // Journeys and tools drive the browser code too; a server app has no use for it.
      onlyDependOnLibsWithTags: ['runtime:any', 'runtime:server', ...(tests ? ['runtime:browser'] : [])],
    },
  ];
  return {
    depConstraints: [...byType, ...byRuntime],
    // A lazily loaded library may still lend its types; what is loaded when is measured (bench page), not linted.
    checkDynamicDependenciesExceptions: ['.*'],
    // A test may come in by the front door of its own project, as importers do.
    allowCircularSelfDependency: tests,
    // A lib's tests import `testing`, which imports the lib: no circle at run time, but one between projects.
    ignoredCircularDependencies: LIBS.filter((name) => name !== 'testing').map((name) => [
      '@fairtake/testing',
      `@fairtake/${name}`,
    ]),
  };
}
