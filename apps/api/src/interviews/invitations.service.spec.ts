import type { Database } from '@fairtake/database';
import type { ApiConfig } from '../config';
import { Clock } from '../infrastructure.module';
import type { MemberActor } from '../security/actors';
import { InvitationsService } from './invitations.service';

const link = { interviewId: 'i', link: 'https://example.org/i#t', expiresAt: null };
const taken = (constraint: string): Error =>
  Object.assign(new Error(constraint), { code: '23505', constraint });

/** A service whose transactions end as given, one after the other. */
function serviceWith(...outcomes: unknown[]) {
  const inOrganisation = async () => {
    const outcome = outcomes.shift();
    if (outcome instanceof Error) throw outcome;
    return outcome;
  };
  const database = { inOrganisation } as unknown as Database;
  const service = new InvitationsService(database, new Clock(), {} as ApiConfig);
  return () => service.invite({ organisationId: 'o' } as MemberActor, 'p', { name: 'Kim', locale: 'en' });
}

describe('inviting when the drawn reference is in use', () => {
  it('draws once more', async () => {
    await expect(serviceWith(taken('uq_interview_reference'), link)()).resolves.toEqual(link);
  });

  it('does not draw for ever', async () => {
    const again = taken('uq_interview_reference');
    await expect(serviceWith(taken('uq_interview_reference'), again, link)()).rejects.toBe(again);
  });

  it('still tells that the person was invited before', async () => {
    const invite = serviceWith(taken('uq_interview_reference'), taken('uq_interview_attempt'));
    await expect(invite()).rejects.toMatchObject({ code: 'already_invited' });
  });
});
