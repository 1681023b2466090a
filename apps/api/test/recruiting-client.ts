import type {
  InterviewPerson,
  InvitationLink,
  InviteCandidate,
  PositionDraft,
  PositionView,
} from '@fairtake/contracts';
import { CandidateClient } from './candidate-client';
import type { HttpClient, HttpReply } from './http-client';
import { positionDraft } from './position-draft';

export interface Invited {
  interviewId: string;
  token: string;
  expiresAt: string | null;
}

/** A recruiter's browser, for what tests need before the candidate or the reviewer comes in. */
export class RecruitingClient {
  constructor(
    private readonly http: HttpClient,
    readonly cookies: readonly string[],
  ) {}

  async createPosition(over: Partial<PositionDraft> = {}): Promise<PositionView> {
    const reply = await this.http.post('/api/v1/positions', {
      body: positionDraft(over),
      cookies: this.cookies,
    });
    if (reply.status !== 201) throw new Error(`No position: ${reply.text}`);
    return reply.json<PositionView>();
  }

  async openPosition(over: Partial<PositionDraft> = {}): Promise<PositionView> {
    const { positionId } = await this.createPosition(over);
    const reply = await this.http.post(`/api/v1/positions/${positionId}/publish`, { cookies: this.cookies });
    if (reply.status !== 200) throw new Error(`Not published: ${reply.text}`);
    return reply.json<PositionView>();
  }

  async invite(positionId: string, over: Partial<InviteCandidate> = {}): Promise<Invited> {
    const reply = await this.http.post(`/api/v1/positions/${positionId}/invitations`, {
      body: { name: 'Robin Candidate', locale: 'en', ...over },
      cookies: this.cookies,
    });
    if (reply.status !== 201) throw new Error(`Not invited: ${reply.text}`);
    const { interviewId, link, expiresAt } = reply.json<InvitationLink>();
    return { interviewId, token: link.split('#')[1]!, expiresAt };
  }

  /** What recruiters see of one candidate's time, adjustments and technical events. */
  async person(interviewId: string): Promise<InterviewPerson> {
    return (await this.send('GET', interviewId, 'person')).json<InterviewPerson>();
  }

  /** A request about one interview, as its reply came. */
  send(method: string, interviewId: string, path: string, body?: unknown): Promise<HttpReply> {
    const request = body === undefined ? {} : { body };
    return this.http.send(method, `/api/v1/interviews/${interviewId}/${path}`, {
      ...request,
      cookies: this.cookies,
    });
  }

  /** A new candidate who has opened the link and agreed. */
  async candidate(positionId: string, over: Partial<InviteCandidate> = {}): Promise<CandidateClient> {
    const { token } = await this.invite(positionId, over);
    const candidate = await CandidateClient.arrive(this.http, token);
    await candidate.consent();
    return candidate;
  }
}
