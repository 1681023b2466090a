import js from '@eslint/js';
import nx from '@nx/eslint-plugin';
import prettier from 'eslint-config-prettier';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';
import { boundaryOptions } from './tools/lint/boundaries.mjs';
import { HOME_FOLDERS, restrictedImports } from './tools/lint/homes.mjs';

const TESTS = [
  '**/*.spec.{ts,tsx}',
  '**/test/**',
  '**/*.medium-spec.ts',
  'e2e/**',
  'tools/**',
  'libs/testing/**',
];
/** Where a process begins: it hands `process.env` to loadConfig or reads a handful of variables itself. */
const ENTRIES = ['apps/*/src/main.ts', 'apps/*/src/*-cli.ts', 'libs/database/src/*-cli.ts', '**/*.config.*'];

const NODE_GLOBALS = [
  'AbortController AbortSignal Buffer URL URLSearchParams __dirname clearInterval clearTimeout console fetch',
  'module performance process require setImmediate setInterval setTimeout structuredClone TextDecoder TextEncoder',
].flatMap((line) => line.split(' '));

const noMocks = ['mock', 'doMock', 'setMock', 'unstable_mockModule'].map((property) => ({
  object: 'jest',
  property,
  message: 'Hand a fake in through the constructor; modules of our own are not mocked.',
}));
const noEnvironment = {
  object: 'process',
  property: 'env',
  message: 'Read it in loadConfig (server-kit) and pass the value on.',
};

export default tseslint.config(
  {
    ignores: [
      '**/dist/**',
      '**/node_modules/**',
      '.nx/**',
      '.data/**',
      '.cache/**',
      'coverage/**',
      'e2e/screens/**',
    ],
  },
  { plugins: { '@nx': nx }, linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  prettier,
  {
    files: ['**/*.{ts,tsx,mjs,js}'],
    rules: {
      '@nx/enforce-module-boundaries': ['error', boundaryOptions({ tests: false })],
      'no-restricted-imports': ['error', restrictedImports()],
      'no-restricted-properties': ['error', noEnvironment, ...noMocks],
      'no-restricted-syntax': [
        'error',
        { selector: 'TSEnumDeclaration', message: 'Use a union of strings, or a zod enum in contracts.' },
      ],
      'max-lines': ['warn', { max: 300, skipBlankLines: true, skipComments: true }],
      'no-useless-assignment': 'off', // Does not see uses in decorators, where Nest has its schemas.
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      // A declaration file for an untyped package has to be named where another project reaches the import.
      '@typescript-eslint/triple-slash-reference': [
        'error',
        { lib: 'never', path: 'always', types: 'prefer-import' },
      ],
      '@typescript-eslint/consistent-type-imports': 'off', // Nest reads constructor types at run time.
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrorsIgnorePattern: '^_' },
      ],
    },
  },
  ...HOME_FOLDERS.map((folder) => ({
    files: [`${folder}/**/*.{ts,tsx,mjs,js}`],
    rules: { 'no-restricted-imports': ['error', restrictedImports(folder)] },
  })),
  {
    files: TESTS,
    rules: {
      '@nx/enforce-module-boundaries': ['error', boundaryOptions({ tests: true })],
      'no-restricted-properties': ['error', ...noMocks],
    },
  },
  { files: ENTRIES, rules: { 'no-restricted-properties': ['error', ...noMocks] } },
  // Whatever is typed by a person or set up by a test may reach for the database and the queue directly.
  { files: ['tools/**', 'e2e/**', '**/test/**'], rules: { 'no-restricted-imports': 'off' } },
  {
    files: ['**/*.{mjs,js,cjs}'],
    languageOptions: { globals: Object.fromEntries(NODE_GLOBALS.map((name) => [name, 'readonly'])) },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
  {
    // Functions that run inside a page.
    files: ['tools/bench/runs/**/*.mjs'],
    languageOptions: {
      globals: { document: 'readonly', location: 'readonly', window: 'readonly', Blob: 'readonly' },
    },
  },
  {
    files: ['apps/web/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    // The plugin's other rules serve the React Compiler, which this build does not use.
    rules: { 'react-hooks/rules-of-hooks': 'error', 'react-hooks/exhaustive-deps': 'error' },
  },
);
