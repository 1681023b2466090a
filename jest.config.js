/**
 * Three levels by file name (see docs/testing.md): unit `*.spec.ts` beside the code, medium `*.medium-spec.ts`
 * with real services, journeys `*.e2e-spec.ts` in a real browser. `tools/test.mjs` runs them in that order.
 */
const level = process.env.TEST_LEVEL ?? 'unit';
const testMatch = {
  unit: ['**/src/**/*.spec.ts', '<rootDir>/tools/**/*.spec.ts'],
  medium: ['**/test/**/*.medium-spec.ts'],
  journey: ['<rootDir>/e2e/**/*.e2e-spec.ts'],
}[level];

/** @type {import('jest').Config} */
module.exports = {
  rootDir: __dirname,
  testMatch,
  testEnvironment: 'node',
  // The `source` condition of every lib's `exports`: tests run the TypeScript, never a stale build.
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'require', 'default'] },
  modulePathIgnorePatterns: ['/dist/', '<rootDir>/.data/', '<rootDir>/.cache/'],
  transform: {
    '^.+\\.[cm]?[jt]sx?$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', tsx: true, decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
          keepClassNames: true,
        },
        module: { type: 'commonjs' },
      },
    ],
  },
  // NestJS 12 and a few others ship ES modules only; Jest's runtime loads CommonJS.
  transformIgnorePatterns: ['/node_modules/(?!(@nestjs|uuid)/)'],
  testTimeout: { unit: 5_000, medium: 60_000, journey: 300_000 }[level],
  maxWorkers: level === 'journey' ? 1 : 2,
};
