import { EmailAddress } from '@fairtake/contracts';
import { createDatabase } from '@fairtake/database';
import { databaseVariables, httpVariables, loadConfig } from '@fairtake/server-kit';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { makeOperatorLink } from './account-links/operator-link';

const Request = z.strictObject({ email: EmailAddress });

/**
 * Prints, as one line of JSON, a link with which a person sets a new password. For operators: an organisation cannot do
 * this for somebody whom others rely on too.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { email: { type: 'string' } } });
  const { email } = Request.parse(values);
  const config = loadConfig({ database: databaseVariables, http: httpVariables }, process.env);
  const database = await createDatabase(config.database);
  try {
    const { publicUrl } = config.http;
    const made = await makeOperatorLink(database, { email, publicUrl, now: new Date() });
    if (!made)
      throw new Error('Nobody with this address is a member of an organisation, or all have disabled them.');
    process.stdout.write(`${JSON.stringify(made)}\n`);
  } finally {
    await database.close();
  }
}

main().catch((error: unknown) => {
  const message = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
  process.stderr.write(`${message}\nUsage: --email ADDRESS\n`);
  process.exitCode = 1;
});
