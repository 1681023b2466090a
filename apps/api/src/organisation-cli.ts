import { createDatabase } from '@fairtake/database';
import { databaseVariables, httpVariables, loadConfig } from '@fairtake/server-kit';
import { EmailAddress, Line } from '@fairtake/contracts';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { hashToken, newToken } from './security/tokens';

const linkLifetimeMs = 7 * 24 * 60 * 60 * 1000;
const Request = z.strictObject({ organisation: Line(120), name: Line(120), email: EmailAddress });

/**
 * Adds an organisation to an installation and prints, as one line of JSON, the link its first admin joins with.
 * For operators: no route can do this, because no member of one organisation may make another.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { organisation: { type: 'string' }, name: { type: 'string' }, email: { type: 'string' } },
  });
  const { organisation, name, email } = Request.parse(values);
  const config = loadConfig({ database: databaseVariables, http: httpVariables }, process.env);
  const database = await createDatabase(config.database);
  try {
    const created = await database.ops.installation.createOrganisationWithAdmin({
      organisation: { name: organisation, contactEmail: email },
      admin: { name, email },
    });
    const { organisationId, memberId } = created!;
    const token = newToken();
    const expiresAt = new Date(Date.now() + linkLifetimeMs);
    await database.inOrganisation(organisationId, (tx) =>
      tx.accountLinks.create({ memberId, purpose: 'invitation', tokenHash: hashToken(token), expiresAt }),
    );
    const link = `${config.http.publicUrl}/welcome#${token}`;
    process.stdout.write(`${JSON.stringify({ organisationId, link, expiresAt: expiresAt.toISOString() })}\n`);
  } finally {
    await database.close();
  }
}

main().catch((error: unknown) => {
  const message = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
  process.stderr.write(`${message}\nUsage: --organisation NAME --name "ADMIN NAME" --email ADDRESS\n`);
  process.exitCode = 1;
});
