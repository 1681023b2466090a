import { createDatabase } from '@fairtake/database';
import { databaseVariables, loadConfig, storageVariables } from '@fairtake/server-kit';
import { createStorage } from '@fairtake/storage';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { checkInvariants, lineOf, type Note, type Violation } from './invariants';

const usage = `Usage: invariants [--deep | --no-deep] [--queue-wait-minutes N] [--json]

Compares the database with what is stored, changes nothing, and leaves with code 0 when every promise holds, 1 when
one is broken, 2 when it could not look.

  --deep                  read every byte back and compare SHA-256; --no-deep compares sizes
                          (default: deep while all recordings together are smaller than 2 GiB)
  --queue-wait-minutes N  how long a submitted answer may wait for a worker (default 60)
  --json                  one object instead of lines
`;

const Options = z.strictObject({
  deep: z.boolean().optional(),
  json: z.boolean().default(false),
  help: z.boolean().default(false),
  'queue-wait-minutes': z
    .string()
    .regex(/^\d{1,6}$/, 'must be a whole number of minutes')
    .default('60'),
});

/** Read back within a minute or so from a disk. */
const deepUntilBytes = 2 * 1024 ** 3;

const print = (line: string): boolean => process.stdout.write(`${line}\n`);

async function main(): Promise<number> {
  const options = readOptions();
  if (options.help) {
    print(usage);
    return 0;
  }
  const config = loadConfig({ database: databaseVariables, storage: storageVariables }, process.env);
  const database = await createDatabase({ ...config.database, poolSize: 2 });
  const storage = createStorage(config.storage);
  try {
    const deep = options.deep ?? (await recordedBytes(database)) < deepUntilBytes;
    const notes: Note[] = [];
    const violations = await checkInvariants({
      ...{ database, storage, deep },
      queueWaitMs: Number(options['queue-wait-minutes']) * 60_000,
      onNote: (note) => notes.push(note),
    });
    if (options.json) print(JSON.stringify({ deep, violations, notes }));
    else report(violations, notes);
    return violations.length > 0 ? 1 : 0;
  } finally {
    storage.close();
    await database.close();
  }
}

function readOptions(): z.infer<typeof Options> {
  const { values } = parseArgs({
    options: {
      deep: { type: 'boolean' },
      json: { type: 'boolean' },
      help: { type: 'boolean' },
      'queue-wait-minutes': { type: 'string' },
    },
    allowNegative: true,
  });
  return Options.parse(values);
}

async function recordedBytes(database: Awaited<ReturnType<typeof createDatabase>>): Promise<number> {
  let sum = 0;
  for (const organisationId of await database.ops.organisationIds())
    sum += await database.inOrganisation(organisationId, (tx) => tx.integrity.recordedBytes(), {
      readOnly: true,
    });
  return sum;
}

function report(violations: readonly Violation[], notes: readonly Note[]): void {
  for (const { kind, message } of notes) print(`note ${kind.replace('_', ' ')}: ${message}`);
  for (const violation of violations) print(lineOf(violation));
  const organisations = new Set(violations.map((violation) => violation.organisationId)).size;
  print(
    violations.length === 0
      ? '0 violations'
      : `${counted(violations.length, 'violation')} in ${counted(organisations, 'organisation')}`,
  );
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const message = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    process.stderr.write(`The invariants could not be checked. ${message}\n`);
    process.exitCode = 2;
  },
);
