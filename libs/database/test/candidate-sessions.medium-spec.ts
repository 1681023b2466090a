import { startTestPostgres, type TestPostgres } from '@fairtake/testing';
import { randomBytes } from 'node:crypto';
import { Invitation, type Database } from '../src';
import { withClient } from '../src/provision';
import { createTestDatabase, type TestDatabase } from '../src/testing';
import { fillEveryTable, type FilledOrganisation } from './one-row-per-table';

let postgres: TestPostgres;
let fixture: TestDatabase;
let database: Database;
let ours: FilledOrganisation;
let invitation: Invitation;

beforeAll(async () => {
  postgres = await startTestPostgres();
  fixture = await createTestDatabase(postgres.superuserUrl);
  database = fixture.database;
  ours = await withClient(fixture.urls.superuser, fillEveryTable);
  [invitation] = (await database.inOrganisation(ours.organisationId, (tx) => tx.em.find(Invitation))) as [
    Invitation,
  ];
});
afterAll(async () => {
  await fixture.drop();
  await postgres.stop();
});

test('a link leads to its interview, a session lives until it ends, is deleted, or the link is revoked', async () => {
  const found = await database.ops.invitations.findByTokenHash(invitation.tokenHash);
  expect(found).toMatchObject({ interviewId: ours.interviewId, revokedAt: null, expiresAt: null });
  expect(await database.ops.invitations.findByTokenHash(randomBytes(32))).toBeNull();

  const { candidateSessions } = database.ops;
  const open = async () => {
    const tokenHash = randomBytes(32);
    const expiresAt = new Date(Date.now() + 3_600_000);
    const session = { ...found!, tokenHash, expiresAt };
    const { organisationId, interviewId, invitationId } = session;
    const sessionId = await candidateSessions.create({
      ...{ organisationId, interviewId, invitationId },
      ...{ tokenHash, expiresAt },
    });
    return { organisationId, sessionId, tokenHash };
  };
  const [one, two] = [await open(), await open()];
  const later = new Date(Date.now() + 7_200_000);
  expect(await candidateSessions.findByTokenHash(one.tokenHash)).toMatchObject({
    ...{ sessionId: one.sessionId, interviewId: ours.interviewId, organisationId: ours.organisationId },
  });
  expect(await candidateSessions.findByTokenHash(one.tokenHash, later)).toBeNull();
  await candidateSessions.touch(one, { expiresAt: new Date(later.getTime() + 1_000) });
  expect(await candidateSessions.findByTokenHash(one.tokenHash, later)).not.toBeNull();

  await candidateSessions.delete(one);
  expect(await candidateSessions.findByTokenHash(one.tokenHash)).toBeNull();
  await database.inOrganisation(ours.organisationId, (tx) =>
    tx.em.update(
      Invitation,
      { organisationId: ours.organisationId, id: invitation.id },
      { revokedAt: new Date() },
    ),
  );
  expect(await candidateSessions.findByTokenHash(two.tokenHash)).toBeNull();
});
