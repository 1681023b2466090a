import { startTestPostgres, waitFor, type TestPostgres } from '@fairtake/testing';
import { defaultNotice } from '@fairtake/domain';
import { randomBytes } from 'node:crypto';
import { Notice, type CreatedOrganisation, type Database } from '../src';
import { withClient } from '../src/provision';
import { createTestDatabase, type TestDatabase } from '../src/testing';

let postgres: TestPostgres;
let fixture: TestDatabase;
let database: Database;
let first: CreatedOrganisation;
let second: CreatedOrganisation;

const token = (): Buffer => randomBytes(32);
const inAnHour = (): Date => new Date(Date.now() + 3_600_000);
const anHourAgo = (): Date => new Date(Date.now() - 3_600_000);

const create = async (organisation: string, email: string): Promise<CreatedOrganisation> => {
  const created = await database.ops.installation.createOrganisationWithAdmin({
    organisation: { name: organisation },
    admin: { name: 'Admin', email, passwordHash: `hash of ${organisation}` },
  });
  return created!;
};

/** Invites an address and returns the member with a fresh link. */
const invite = async (organisationId: string, email: string, name = 'Invited') => {
  const { accountId } = await database.ops.accounts.findOrCreate({ email, name });
  const tokenHash = token();
  const memberId = await database.inOrganisation(organisationId, async (tx) => {
    const member = await tx.members.create({ accountId, role: 'reviewer', invitedName: name });
    const link = { memberId: member!.memberId, purpose: 'invitation' as const, tokenHash };
    await tx.accountLinks.create({ ...link, expiresAt: inAnHour() });
    return member!.memberId;
  });
  const link = await database.ops.accountLinks.findByTokenHash(tokenHash);
  return { accountId, memberId, linkId: link!.linkId, tokenHash };
};

const resetLink = async (organisationId: string, memberId: string): Promise<string> =>
  database.inOrganisation(organisationId, (tx) =>
    tx.accountLinks.create({
      memberId,
      purpose: 'password_reset',
      tokenHash: token(),
      expiresAt: inAnHour(),
    }),
  );

beforeAll(async () => {
  postgres = await startTestPostgres();
});
beforeEach(async () => {
  fixture = await createTestDatabase(postgres.superuserUrl);
  database = fixture.database;
  first = await create('First', 'Admin@Example.org');
  second = await create('Second', 'other@example.org');
});
afterEach(() => fixture.drop());
afterAll(() => postgres.stop());

const hasWaitingLock = (): Promise<boolean> =>
  withClient(fixture.urls.superuser, async (client) => {
    const { rowCount } = await client.query(
      `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    return rowCount === 1;
  });

describe('setting up', () => {
  test('a set-up link works once, and only on an empty installation', async () => {
    const empty = await createTestDatabase(postgres.superuserUrl);
    try {
      const { installation, accountLinks } = empty.database.ops;
      expect(await installation.isEmpty()).toBe(true);
      const tokenHash = token();
      const setUpLinkId = await accountLinks.createSetUp({ tokenHash, expiresAt: inAnHour() });
      const another = await accountLinks.createSetUp({ tokenHash: token(), expiresAt: inAnHour() });
      expect(await accountLinks.findByTokenHash(tokenHash)).toMatchObject({
        purpose: 'set_up',
        usedAt: null,
      });
      const request = {
        organisation: { name: 'One' },
        admin: { name: 'A', email: 'a@example.org', passwordHash: 'hash' },
      };
      const late = { ...request, setUpLinkId, at: new Date(Date.now() + 7_200_000) };
      expect(await installation.createOrganisationWithAdmin(late)).toBeNull();
      const made = await Promise.all(
        [setUpLinkId, setUpLinkId, another].map((id) =>
          installation.createOrganisationWithAdmin({ ...request, setUpLinkId: id }),
        ),
      );
      expect(made.filter((created) => created !== null)).toHaveLength(1);
      expect(await installation.isEmpty()).toBe(false);
      expect(await empty.database.ops.organisationIds()).toHaveLength(1);
    } finally {
      await empty.drop();
    }
  });

  test('every organisation starts with a notice to agree to', async () => {
    const notices = await database.inOrganisation(first.organisationId, (tx) => tx.em.find(Notice));
    expect(notices).toMatchObject([{ region: 'default', version: 1, text: defaultNotice }]);
  });

  test('an administrator with an account keeps name and password in a second organisation', async () => {
    const third = await create('Third', 'admin@example.org');
    expect(third.accountId).toBe(first.accountId);
    expect(await database.ops.accounts.findByEmail('ADMIN@example.org')).toMatchObject({
      accountId: first.accountId,
      passwordHash: 'hash of First',
    });
  });
});

describe('sessions', () => {
  const open = async (who = first, expiresAt = inAnHour()) => {
    const tokenHash = token();
    const sessionId = await database.ops.sessions.create({ ...who, tokenHash, expiresAt });
    return { tokenHash, sessionId, organisationId: who.organisationId };
  };

  test('a token finds its person until it expires', async () => {
    const { tokenHash, sessionId } = await open();
    expect(await database.ops.sessions.findByTokenHash(tokenHash)).toMatchObject({
      ...{ sessionId, ...first, organisation: 'First', role: 'admin' },
      ...{ name: 'Admin', email: 'admin@example.org' },
    });
    expect(
      await database.ops.sessions.findByTokenHash(tokenHash, new Date(Date.now() + 7_200_000)),
    ).toBeNull();
    expect(await database.ops.sessions.findByTokenHash(token())).toBeNull();
  });

  test('a session is touched, prolonged and deleted', async () => {
    const session = await open();
    const [at, expiresAt] = [new Date('2030-01-01T00:00:00.123Z'), new Date('2030-01-02T00:00:00.456Z')];
    await database.ops.sessions.touch(session, { at, expiresAt });
    expect(await database.ops.sessions.findByTokenHash(session.tokenHash)).toMatchObject({
      lastSeenAt: at,
      expiresAt,
    });
    await database.ops.sessions.delete(session);
    expect(await database.ops.sessions.findByTokenHash(session.tokenHash)).toBeNull();
  });

  test('a disabled member is out at once, an enabled one back', async () => {
    const { tokenHash } = await open();
    const { organisationId, memberId } = first;
    await database.inOrganisation(organisationId, (tx) => tx.members.disable(memberId));
    expect(await database.ops.sessions.findByTokenHash(tokenHash)).toBeNull();
    expect(await database.ops.accounts.memberships(first.accountId)).toEqual([]);
    await database.inOrganisation(organisationId, (tx) => tx.members.enable(memberId));
    expect(await database.ops.sessions.findByTokenHash(tokenHash)).not.toBeNull();
    await database.inOrganisation(organisationId, (tx) => tx.sessions.deleteOfMember(memberId));
    expect(await database.ops.sessions.findByTokenHash(tokenHash)).toBeNull();
  });

  test('memberships are listed with the last used first', async () => {
    const third = await create('Third', 'admin@example.org');
    const names = async (): Promise<string[]> =>
      (await database.ops.accounts.memberships(first.accountId)).map((entry) => entry.organisation);
    await open(third);
    expect(await names()).toEqual(['Third', 'First']);
    const opened = Date.now();
    await waitFor(() => Date.now() > opened + 1, { what: 'the next millisecond', intervalMs: 1 });
    await open(first);
    expect(await names()).toEqual(['First', 'Third']);
  });
});

describe('members', () => {
  test('an invited person becomes a member by their link, once', async () => {
    const { memberId, linkId, tokenHash } = await invite(first.organisationId, 'new@example.org');
    const [, before] = await database.inOrganisation(first.organisationId, (tx) => tx.members.list());
    expect(before).toMatchObject({ memberId, email: 'new@example.org', role: 'reviewer', joinedAt: null });
    expect(await database.ops.accountLinks.findByTokenHash(tokenHash)).toMatchObject({
      ...{ purpose: 'invitation', organisation: 'First', hasPassword: false, maySetPassword: true },
    });

    expect(await database.ops.accountLinks.use(linkId, {})).toBe(false);
    expect(await database.ops.accountLinks.use(linkId, { passwordHash: 'chosen', name: 'Newcomer' })).toBe(
      true,
    );
    expect(await database.ops.accountLinks.use(linkId, { passwordHash: 'again' })).toBe(false);
    const member = await database.inOrganisation(first.organisationId, (tx) => tx.members.find(memberId));
    expect(member).toMatchObject({ name: 'Newcomer', joinedAt: expect.any(Date) });
    expect(await database.ops.accounts.findByEmail('new@example.org')).toMatchObject({
      passwordHash: 'chosen',
    });
  });

  test('nobody is a member twice', async () => {
    const again = await database.inOrganisation(first.organisationId, (tx) =>
      tx.members.create({ accountId: first.accountId, role: 'reviewer', invitedName: 'Twice' }),
    );
    expect(again).toBeNull();
  });

  test('links end: by time, by a newer one, by shutting the member out', async () => {
    const { accountLinks } = database.ops;
    const { memberId, linkId } = await invite(first.organisationId, 'new@example.org');
    expect(await accountLinks.use(linkId, { passwordHash: 'x', at: new Date(Date.now() + 7_200_000) })).toBe(
      false,
    );
    await database.inOrganisation(first.organisationId, (tx) => tx.members.disable(memberId));
    expect(await accountLinks.use(linkId, { passwordHash: 'x' })).toBe(false);
    await database.inOrganisation(first.organisationId, async (tx) => {
      await tx.members.enable(memberId);
      await tx.accountLinks.revokeOfMember(memberId);
    });
    expect(await accountLinks.use(linkId, { passwordHash: 'x' })).toBe(false);
    expect(await database.ops.accounts.findByEmail('new@example.org')).toMatchObject({ passwordHash: null });
  });

  test('an invitation cannot take over an account of another organisation', async () => {
    const { linkId, tokenHash } = await invite(second.organisationId, 'admin@example.org', 'Fake');
    expect(await database.ops.accountLinks.findByTokenHash(tokenHash)).toMatchObject({
      ...{ hasPassword: true, maySetPassword: false, name: 'Fake' },
    });
    expect(await database.ops.accountLinks.use(linkId, { passwordHash: 'stolen', name: 'Fake' })).toBe(false);
    const nameInSecond = async (): Promise<string | undefined> => {
      const members = await database.inOrganisation(second.organisationId, (tx) => tx.members.list());
      return members.find((member) => member.email === 'admin@example.org')?.name;
    };
    // Who invites learns nothing of the person: the name is what they typed.
    expect(await nameInSecond()).toBe('Fake');
    const account = await database.ops.accounts.find(first.accountId);
    expect(account).toMatchObject({ passwordHash: 'hash of First', name: 'Admin' });
    // The service has checked the existing password: the member joins and the account stays as it is.
    expect(await database.ops.accountLinks.use(linkId, {})).toBe(true);
    expect(await database.ops.accounts.memberships(first.accountId)).toHaveLength(2);
    expect(await nameInSecond()).toBe('Admin');
  });

  test('of two organisations that invite a person, neither can set the first password', async () => {
    const { accountLinks } = database.ops;
    const ours = await invite(first.organisationId, 'new@example.org');
    const theirs = await invite(second.organisationId, 'new@example.org');
    for (const { linkId, tokenHash } of [ours, theirs]) {
      expect(await accountLinks.findByTokenHash(tokenHash)).toMatchObject({ maySetPassword: false });
      expect(await accountLinks.use(linkId, { passwordHash: 'stolen' })).toBe(false);
    }
    // Who gives up stands in nobody's way.
    await database.inOrganisation(second.organisationId, (tx) => tx.members.disable(theirs.memberId));
    expect(await accountLinks.use(ours.linkId, { passwordHash: 'chosen' })).toBe(true);
  });

  test('a reset link sets a password and signs out, unless the account belongs to others too', async () => {
    const tokenHash = token();
    await database.ops.sessions.create({ ...first, tokenHash, expiresAt: inAnHour() });
    const linkId = await resetLink(first.organisationId, first.memberId);
    expect(await database.ops.accountLinks.use(linkId, {})).toBe(false);
    expect(await database.ops.accountLinks.use(linkId, { passwordHash: 'fresh' })).toBe(true);
    expect(await database.ops.sessions.findByTokenHash(tokenHash)).toBeNull();

    const third = await create('Third', 'admin@example.org');
    const shared = await resetLink(third.organisationId, third.memberId);
    expect(await database.ops.accountLinks.use(shared, { passwordHash: 'stolen' })).toBe(false);
    expect(await database.ops.accounts.find(first.accountId)).toMatchObject({ passwordHash: 'fresh' });
  });

  test('two admins who remove each other at once leave one', async () => {
    const { organisationId } = first;
    const colleague = await invite(organisationId, 'new@example.org');
    await database.ops.accountLinks.use(colleague.linkId, { passwordHash: 'x' });
    await database.inOrganisation(organisationId, (tx) => tx.members.changeRole(colleague.memberId, 'admin'));
    let locks = 0;
    const demote = (memberId: string, mayGoOn: Promise<void>): Promise<boolean> =>
      database.inOrganisation(organisationId, async (tx) => {
        const admins = await tx.members.lockActiveAdmins();
        locks += 1;
        await mayGoOn;
        if (!admins.some((id) => id !== memberId)) return false;
        return tx.members.changeRole(memberId, 'reviewer');
      });
    let goOn = (): void => undefined;
    const one = demote(first.memberId, new Promise<void>((resolve) => (goOn = resolve)));
    await waitFor(() => locks === 1, { what: 'the first admin to hold the lock' });
    const two = demote(colleague.memberId, Promise.resolve());
    await waitFor(hasWaitingLock, { what: 'the second admin to wait for the first' }).finally(goOn);
    expect(await Promise.all([one, two])).toEqual([true, false]);
    const left = await database.inOrganisation(organisationId, (tx) => tx.members.lockActiveAdmins());
    expect(left).toHaveLength(1);
  });

  test("another organisation's member is not there", async () => {
    const changed = await database.inOrganisation(first.organisationId, async (tx) => [
      await tx.members.find(second.memberId),
      await tx.members.changeRole(second.memberId, 'reviewer'),
      await tx.members.disable(second.memberId),
    ]);
    expect(changed).toEqual([null, false, false]);
  });
});

test('an expired link stays findable for the page that says so', async () => {
  const tokenHash = token();
  const expiresAt = anHourAgo();
  await database.inOrganisation(first.organisationId, (tx) =>
    tx.accountLinks.create({ memberId: first.memberId, purpose: 'password_reset', tokenHash, expiresAt }),
  );
  expect(await database.ops.accountLinks.findByTokenHash(tokenHash)).toMatchObject({ expiresAt });
  expect(await database.ops.accountLinks.findByTokenHash(token())).toBeNull();
});
