import type { MemberLink, SessionView } from '@fairtake/contracts';
import { ApiClient } from './api-client';
import type { System } from './system';

export interface Person {
  name: string;
  email: string;
  password: string;
  memberId: string;
  /** Signed in. */
  client: ApiClient;
}

export type Role = 'recruiter' | 'reviewer';
export interface Organisation {
  admin: Person;
  members: Person[];
}

const password = 'quiet-harbour-lantern-42';
const tokenOf = (link: string): string => link.slice(link.indexOf('#') + 1);

/** An organisation with its admin and members, all with accounts and signed in. */
export async function makeOrganisation(
  system: System,
  organisation: { name: string; members: { name: string; role: Role }[] },
): Promise<Organisation> {
  const host = organisation.name.toLowerCase().replaceAll(' ', '-');
  const emailOf = (name: string): string => `${name.toLowerCase().replaceAll(' ', '.')}@${host}.example`;
  const admin = { name: 'Ines Dahl', email: emailOf('Ines Dahl') };
  const { code, stdout, stderr } = await system.runScript('apps/api/dist/organisation-cli.js', [
    ...['--organisation', organisation.name, '--name', admin.name, '--email', admin.email],
  ]);
  if (code !== 0) throw new Error(stderr);
  const first = await join(system.url, JSON.parse(stdout).link, admin);
  const members: Person[] = [];
  for (const { name, role } of organisation.members) {
    const email = emailOf(name);
    const { link } = await first.client.post<MemberLink>('/members', { name, email, role });
    members.push(await join(system.url, link, { name, email }));
  }
  return { admin: first, members };
}

async function join(url: string, link: string, person: { name: string; email: string }): Promise<Person> {
  const client = new ApiClient(url);
  await client.post('/account-links/accept', { token: tokenOf(link), password });
  const { memberId } = await client.get<SessionView>('/session');
  return { ...person, password, memberId, client };
}
