import { provisionRoles } from './provision';

function read(name: string, meaning: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is missing: ${meaning}.`);
  return value;
}

async function main(): Promise<void> {
  await provisionRoles({
    adminUrl: read(
      'ADMIN_DATABASE_URL',
      'the connection URL of a superuser, ending in the database to prepare',
    ),
    passwords: {
      app: read('FAIRTAKE_APP_PASSWORD', 'the password of fairtake_app'),
      ops: read('FAIRTAKE_OPS_PASSWORD', 'the password of fairtake_ops'),
      migrator: read('FAIRTAKE_MIGRATOR_PASSWORD', 'the password of fairtake_migrator'),
    },
  });
  console.log('Roles and database are ready.');
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
