import type { PositionView, SubmittedInterview } from '@fairtake/contracts';
import { v7 as uuidv7 } from 'uuid';
import { expectProblem, refuses } from '../abuse';
import { CandidateClient } from '../candidate-client';
import { questionDraft } from '../position-draft';
import { RecruitingClient } from '../recruiting-client';
import { startTestApp, type TestApp } from '../test-app';
import { buildWorld, type World } from '../world';

let service: TestApp;
let world: World;
let position: PositionView;
let recruiter: RecruitingClient;

beforeAll(async () => {
  service = await startTestApp();
  world = await buildWorld(service.database);
  const { people } = world.ours;
  recruiter = new RecruitingClient(service.http, [people.recruiter.cookie]);
  position = await recruiter.openPosition({
    questions: [questionDraft(), questionDraft({ required: false })],
    reviewerIds: [people.assigned.memberId, people.unassigned.memberId],
  });
});
afterEach(() => service.clock.reset());
afterAll(() => service?.close());

const hour = 3_600_000;
const questionId = (): string => position.questions[0]!.questionId;
const open = (token: unknown) => ({
  ...{ method: 'POST', path: '/api/v1/candidate/session' },
  body: { token },
});

describe('a link', () => {
  const token = (): string => world.ours.interview.invitationToken;
  refuses(
    () => service,
    [
      ['nobody was given', () => open('A'.repeat(43)), 404, 'link_unknown'],
      ['without its last character', () => open(token().slice(0, -1)), 400, 'body_invalid'],
      ['with a space', () => open(`${token()} `), 400, 'body_invalid'],
      ['with a look-alike letter', () => open(`${token().slice(0, -1)}\u0430`), 400, 'body_invalid'],
      ['in a list', () => open([token()]), 400, 'body_invalid'],
      ['of a megabyte', () => open('A'.repeat(1024 * 1024)), 413, 'body_too_large'],
      ['for an account', () => open(world.ours.accountLinkToken), 404, 'link_unknown'],
      ['that is a cookie', () => open(world.ours.interview.cookie.split('=')[1]), 404, 'link_unknown'],
    ],
  );

  test('unknown and revoked links answer alike', async () => {
    const { interviewId, token: revoked } = await recruiter.invite(position.positionId);
    await service.http.delete(`/api/v1/interviews/${interviewId}/invitation`, { cookies: recruiter.cookies });
    const [one, other] = [
      await service.http.post('/api/v1/candidate/session', { body: { token: revoked } }),
      await service.http.post('/api/v1/candidate/session', { body: { token: 'B'.repeat(43) } }),
    ];
    expectProblem(one, 404, 'link_unknown');
    const anonymous = (text: string): string => text.replace(/"requestId":"[^"]+"/, '');
    expect(anonymous(one.text)).toBe(anonymous(other.text));
    expect(Object.keys(one.headers)).toEqual(Object.keys(other.headers));
  });

  test('re-issued, the new one opens and the old one and its sessions are dead', async () => {
    const { interviewId, token: old } = await recruiter.invite(position.positionId);
    const before = await CandidateClient.arrive(service.http, old);
    const links = await Promise.all(
      Array.from({ length: 8 }, () =>
        service.http.post(`/api/v1/interviews/${interviewId}/invitation`, { cookies: recruiter.cookies }),
      ),
    );
    expectProblem(
      await service.http.post('/api/v1/candidate/session', { body: { token: old } }),
      404,
      'link_unknown',
    );
    expectProblem(await before.send('GET'), 401, 'signed_out');
    const opened = await Promise.all(
      links.map((reply) =>
        service.http.post('/api/v1/candidate/session', {
          body: { token: reply.json<{ link: string }>().link.split('#')[1] },
        }),
      ),
    );
    expect(opened.filter((reply) => reply.status === 200)).toHaveLength(1);
  });

  test('a genuine expired one says when it ended; a new deadline of the position brings it back', async () => {
    const deadlineAt = new Date(Date.now() + hour).toISOString();
    const own = await recruiter.openPosition({ deadlineAt, reviewerIds: position.reviewerIds });
    const { token: link, expiresAt } = await recruiter.invite(own.positionId);
    expect(expiresAt).toBe(deadlineAt);
    service.clock.advance(hour + 1_000);
    const expired = await service.http.post('/api/v1/candidate/session', { body: { token: link } });
    expectProblem(expired, 410, 'link_expired');
    expect(expired.json()).toMatchObject({ expiredAt: deadlineAt });
    service.clock.reset();
    const later = new Date(Date.now() + 5 * hour).toISOString();
    const { positionId, version, state, rubricVersion, publishedAt, ...draft } = own;
    const saved = await service.http.put(`/api/v1/positions/${positionId}`, {
      ...{ cookies: recruiter.cookies, headers: { 'if-match': `"${version}"` } },
      body: { ...draft, deadlineAt: later },
    });
    expect([saved.status, state, rubricVersion, typeof publishedAt]).toEqual([200, 'open', 1, 'string']);
    service.clock.advance(2 * hour);
    expect((await service.http.post('/api/v1/candidate/session', { body: { token: link } })).status).toBe(
      200,
    );
  });

  test('a hundred looks at the page change nothing, and the token is in no log', async () => {
    const { interviewId, token: link } = await recruiter.invite(position.positionId);
    for (let i = 0; i < 20; i += 1) {
      await service.http.get('/i');
      await service.http.send('HEAD', '/i');
      await service.http.get(`/api/v1/candidate/session`);
    }
    const opened = await service.database.inOrganisation(world.ours.organisationId, (tx) =>
      tx.em.query('SELECT opened_at FROM interview WHERE id = $1', [interviewId]),
    );
    expect(opened).toEqual([{ opened_at: null }]);
    await CandidateClient.arrive(service.http, link);
    expect(service.log()).not.toContain(link);
  });

  test('guessing is limited per address; a campus behind another address gets in', async () => {
    const from = '203.0.113.9';
    const guesses = await Promise.all(
      Array.from({ length: 15 }, (_, i) =>
        service.http.post('/api/v1/candidate/session', { from, body: { token: `${i}`.padStart(43, 'x') } }),
      ),
    );
    expect(guesses.filter((reply) => reply.status === 404)).toHaveLength(10);
    const body = { token: token() };
    expectProblem(
      await service.http.post('/api/v1/candidate/session', { from, body }),
      429,
      'too_many_requests',
    );
    expect((await service.http.post('/api/v1/candidate/session', { body })).status).toBe(200);
  });
});

describe('consent refuses', () => {
  const consent = (body: object) => ({
    ...{
      method: 'POST',
      path: `/api/v1/candidate/interviews/${world.ours.otherInterview.interviewId}/consent`,
    },
    ...{ cookies: [world.ours.otherInterview.cookie], body },
  });
  refuses(
    () => service,
    [
      ['a notice that never was', () => consent({ noticeId: uuidv7(), locale: 'en' }), 409, 'state_conflict'],
      [
        "another organisation's notice",
        () => consent({ noticeId: world.theirs.noticeId, locale: 'en' }),
        409,
        'state_conflict',
      ],
      ['no language', () => consent({ noticeId: world.ours.noticeId }), 400, 'body_invalid'],
      [
        'a language of its own',
        () => consent({ noticeId: world.ours.noticeId, locale: '../en' }),
        400,
        'body_invalid',
      ],
      [
        'a moment of its own',
        () => consent({ noticeId: world.ours.noticeId, locale: 'en', givenAt: '2020-01-01T00:00:00Z' }),
        400,
        'body_invalid',
      ],
    ],
  );
});

test('before consent there are no questions to read, open, answer or send', async () => {
  const { token } = await recruiter.invite(position.positionId);
  const candidate = await CandidateClient.arrive(service.http, token);
  const page = await candidate.send('GET');
  expect(page.json()).toMatchObject({ questions: [], questionCount: 2, consent: { given: false } });
  expect(page.text).not.toContain(position.questions[0]!.text.en);
  expectProblem(await candidate.openQuestion(questionId()), 403, 'consent_missing');
  expectProblem(await candidate.submit(), 409, 'answers_missing');
});

test('a new notice has to be agreed to again', async () => {
  const other = await buildWorld(service.database);
  const { ours } = other;
  const candidate = new CandidateClient(service.http, ours.interview.interviewId, [ours.interview.cookie]);
  await service.database.inOrganisation(ours.organisationId, (tx) =>
    tx.interviews.addNotice({ id: uuidv7(), version: 99, text: { en: 'New' }, textSha256: 'b'.repeat(64) }),
  );
  expect((await candidate.show()).consent).toMatchObject({ given: false, version: 99 });
  expectProblem(await candidate.openTake(ours.questionId), 403, 'consent_missing');
  // What was begun under the old one may arrive.
  const chunk = await candidate.putChunk({ ...ours.takes.open, index: 0 }, Buffer.from('x'));
  expect(chunk.status).toBe(201);
  expect((await candidate.consent()).status).toBe(200);
  expect((await candidate.openTake(ours.questionId, { takeOver: true })).status).toBe(200);
});

test('twenty consents at once are one', async () => {
  const { token } = await recruiter.invite(position.positionId);
  const candidate = await CandidateClient.arrive(service.http, token);
  const { noticeId } = (await candidate.show()).consent;
  const replies = await Promise.all(
    Array.from({ length: 20 }, () =>
      candidate.send('POST', '/consent', { body: { noticeId, locale: 'en' } }),
    ),
  );
  expect(new Set(replies.map((reply) => reply.status))).toEqual(new Set([200]));
  expect(await auditRows('consent.given', candidate.interviewId)).toBe(1);
});

test('a closed position takes no new candidates; those under way may finish', async () => {
  const own = await recruiter.openPosition({ reviewerIds: position.reviewerIds });
  const started = await recruiter.candidate(own.positionId);
  const { token } = await recruiter.invite(own.positionId);
  const waiting = await CandidateClient.arrive(service.http, token);
  await service.http.post(`/api/v1/positions/${own.positionId}/close`, { cookies: recruiter.cookies });
  expectProblem(await waiting.consent(), 409, 'position_not_open');
  await started.answer(own.questions[0]!.questionId);
  expect((await started.submit()).status).toBe(200);
});

test('submitting with a required answer missing is refused; twenty times at once it happens once', async () => {
  const candidate = await recruiter.candidate(position.positionId);
  expectProblem(await candidate.submit(), 409, 'answers_missing');
  await candidate.answer(position.questions[1]!.questionId);
  expectProblem(await candidate.submit(), 409, 'answers_missing');
  await candidate.answer(questionId());
  const replies = await Promise.all(Array.from({ length: 20 }, () => candidate.submit()));
  expect(new Set(replies.map((reply) => `${reply.status} ${reply.text}`)).size).toBe(1);
  expect(replies[0]!.json<SubmittedInterview>().reference).toBeTruthy();
  expect(await auditRows('interview.submitted', candidate.interviewId)).toBe(1);
  const assignments = await service.database.inOrganisation(world.ours.organisationId, (tx) =>
    tx.em.query(
      `SELECT count(*)::int AS count FROM assignment s JOIN answer a ON a.id = s.answer_id WHERE a.interview_id = $1`,
      [candidate.interviewId],
    ),
  );
  // Two answers, two reviewers each.
  expect(assignments).toEqual([{ count: 4 }]);
});

test('a sent interview changes no more, and stays to be looked at', async () => {
  const candidate = await recruiter.candidate(position.positionId);
  const takeId = await candidate.answer(questionId());
  const spare = await candidate.upload(questionId());
  await candidate.submit();
  expectProblem(await candidate.openQuestion(questionId()), 409, 'interview_closed');
  expectProblem(await candidate.openTake(questionId()), 409, 'interview_closed');
  expectProblem(await candidate.return(spare.takeId), 409, 'interview_closed');
  expectProblem(await candidate.keep(spare.takeId), 409, 'interview_closed');
  expect((await candidate.keep(takeId)).json()).toMatchObject({ keptTakeId: takeId });
  expect(await candidate.show()).toMatchObject({ state: 'submitted' });
});

test('two interviews live side by side in one browser, each behind its own cookie', async () => {
  const [one, other] = [
    await recruiter.candidate(position.positionId),
    await recruiter.candidate(position.positionId),
  ];
  const both = [...one.cookies, ...other.cookies];
  for (const { path, interviewId } of [one, other])
    expect((await service.http.get(path, { cookies: both })).json()).toMatchObject({ interviewId });
  expectProblem(await service.http.get(one.path, { cookies: other.cookies }), 401, 'signed_out');
});

/** How often an act of one interview's candidate is in the audit record. */
async function auditRows(action: string, interviewId: string): Promise<number> {
  const rows = await service.database.inOrganisation(world.ours.organisationId, (tx) =>
    tx.em.query<unknown[]>('SELECT 1 FROM audit_event WHERE action = $1 AND actor_id = $2', [
      action,
      interviewId,
    ]),
  );
  return rows.length;
}
