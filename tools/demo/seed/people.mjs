import { execFile } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '../../bootstrap/paths.mjs';
import { ApiClient } from './api-client.mjs';

const run = promisify(execFile);
const WORDS =
  'alder amber birch brook cedar clover copper dune elder fern harbour heather juniper lake linen maple meadow moss oat pebble pine river sage sand slate stone thistle willow'.split(
    ' ',
  );

/** Readable, different in every installation: four words and two digits, about 26 bits; the demo is for one machine. */
export function makePassword() {
  const words = Array.from({ length: 4 }, () => WORDS[randomInt(WORDS.length)]);
  return `${words.join('-')}-${randomInt(10, 100)}`;
}

/** The part of a link behind `#`. */
const tokenOf = (link) => link.slice(link.indexOf('#') + 1);

/**
 * Makes an organisation, its admin and its members, and signs everybody in.
 *
 * @returns {Promise<{ people: Record<string, { client: ApiClient, memberId: string }>, staff: object[] }>}
 */
export async function makeOrganisation(url, organisation, password) {
  const { admin, members, name } = organisation;
  const cli = join(ROOT, 'apps', 'api', 'dist', 'organisation-cli.js');
  const { stdout } = await run(process.execPath, [
    cli,
    ...['--organisation', name, '--name', admin.name, '--email', admin.email],
  ]);
  const adminClient = await acceptLink(url, JSON.parse(stdout).link, password);
  const people = { admin: { client: adminClient, memberId: (await adminClient.get('/session')).memberId } };
  const staff = [{ organisation: name, role: 'admin', email: admin.email, password }];
  for (const { key, role, name: memberName, email } of members) {
    const { member, link } = await adminClient.post('/members', { name: memberName, email, role });
    people[key] = { client: await acceptLink(url, link, password), memberId: member.memberId };
    staff.push({ organisation: name, role, email, password });
  }
  return { people, staff };
}

async function acceptLink(url, link, password) {
  const client = new ApiClient(url);
  await client.post('/account-links/accept', { token: tokenOf(link), password });
  return client;
}
