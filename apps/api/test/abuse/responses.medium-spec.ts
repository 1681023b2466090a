import {
  limits,
  type CandidateInterview,
  type PositionView,
  type ResponseView,
  type ReviewBatch,
  type ReviewQueue,
} from '@fairtake/contracts';
import { v7 as uuidv7 } from 'uuid';
import { expectProblem, refuses } from '../abuse';
import type { CandidateClient } from '../candidate-client';
import type { HttpReply, HttpRequest } from '../http-client';
import { questionDraft } from '../position-draft';
import { RecruitingClient } from '../recruiting-client';
import { startTestApp, type TestApp } from '../test-app';
import { buildWorld, type World } from '../world';

let service: TestApp;
let world: World;
let position: PositionView;
let recruiter: RecruitingClient;
let candidate: CandidateClient;

const [red, green, blue] = [uuidv7(), uuidv7(), uuidv7()];
const option = (optionId: string, text: string) => ({ optionId, text: { en: text } });
const questions = [
  questionDraft({
    kind: 'text',
    settings: { kind: 'text', maxCharacters: 100 },
    thinkSeconds: null,
    takes: 1,
  }),
  questionDraft({
    ...{ kind: 'choice', thinkSeconds: null, takes: 1 },
    settings: {
      ...{ kind: 'choice', minChosen: 2, maxChosen: 2 },
      options: [option(red, 'Red'), option(green, 'Green'), option(blue, 'Blue')],
    },
  }),
  questionDraft({ required: false }),
];
const [text, choice, video] = questions.map((question) => question.questionId) as [string, string, string];
const deadlineAt = new Date(Date.now() + 86_400_000).toISOString();

beforeAll(async () => {
  service = await startTestApp();
  world = await buildWorld(service.database);
  const { people } = world.ours;
  recruiter = new RecruitingClient(service.http, [people.recruiter.cookie]);
  position = await recruiter.openPosition({
    ...{ questions, deadlineAt, reviewerIds: [people.assigned.memberId], blind: true },
  });
});
afterEach(() => service.clock.reset());
afterAll(() => service?.close());

const newCandidate = async (): Promise<void> => {
  candidate = await recruiter.candidate(position.positionId);
};
const words = (value: string) => ({ content: { kind: 'text', text: value } });
const chosen = (...optionIds: string[]) => ({ content: { kind: 'choice', optionIds } });
const put = (
  questionId: string,
  body: unknown,
  revision: string | null = '"0"',
): { method: string; path: string } & HttpRequest => ({
  ...{ method: 'PUT', path: `${candidate.path}/questions/${questionId}/response`, body },
  ...{ cookies: candidate.cookies, headers: revision === null ? {} : { 'if-match': revision } },
});
const save = (questionId: string, body: unknown, revision = 0): Promise<HttpReply> => {
  const { method, path, ...rest } = put(questionId, body, `"${revision}"`);
  return service.http.send(method, path, rest);
};
const keep = (questionId: string, revision: number): Promise<HttpReply> =>
  candidate.send('POST', `/questions/${questionId}/response/keep`, { body: { revision } });
const show = (questionId: string): Promise<HttpReply> =>
  candidate.send('GET', `/questions/${questionId}/response`);

describe('saving refuses', () => {
  beforeAll(newCandidate);
  refuses(
    () => service,
    [
      ['no condition', () => put(text, words('a'), null), 428, 'edit_condition_missing'],
      ['a weak condition', () => put(text, words('a'), 'W/"0"'), 412, 'edit_conflict'],
      ['any version', () => put(text, words('a'), '*'), 412, 'edit_conflict'],
      ['a version of the future', () => put(text, words('a'), '"7"'), 412, 'edit_conflict'],
      ['another kind of content', () => put(text, chosen(red)), 400, 'body_invalid'],
      ['a kind there is not', () => put(text, { content: { kind: 'html', text: 'x' } }), 400, 'body_invalid'],
      ['NUL', () => put(text, words('a\u0000b')), 400, 'body_invalid'],
      [
        'more than can be stored',
        () => put(text, words('x'.repeat(limits.textCharactersMax + 1))),
        400,
        'body_invalid',
      ],
      ['its own revision', () => put(text, { ...words('a'), revision: 5 }), 400, 'body_invalid'],
      ['an option of another question', () => put(choice, chosen(uuidv7())), 400, 'body_invalid'],
      ['an option twice', () => put(choice, chosen(red, red)), 400, 'body_invalid'],
      ['too many options', () => put(choice, chosen(red, green, blue)), 400, 'body_invalid'],
      [
        'a file for a text',
        () => put(text, { content: { kind: 'file', fileId: uuidv7() } }),
        400,
        'body_invalid',
      ],
      ['words for a question that is recorded', () => put(video, words('a')), 404, 'not_found'],
      ['a question of nobody', () => put(uuidv7(), words('a')), 404, 'not_found'],
    ],
  );

  test('a lone surrogate, and stores nothing', async () => {
    const { method, path, ...rest } = put(text, '{"content":{"kind":"text","text":"\\ud800"}}');
    const headers = { ...rest.headers, 'content-type': 'application/json' };
    expectProblem(await service.http.send(method, path, { ...rest, headers }), 400, 'body_invalid');
    expect((await show(text)).json()).toMatchObject({ revision: 0, content: null });
    expectProblem(await show(video), 404, 'not_found');
  });
});

describe('what people write comes back to the letter', () => {
  beforeEach(newCandidate);
  test.each([
    ['markup', '<img src=x onerror=alert(1)><script>alert(1)</script>'],
    ['a template', '{{constructor.constructor("alert(1)")()}} ${7*7}'],
    ['a formula', '=cmd|calc!A1'],
    ['SQL', `'); DROP TABLE response; --`],
    ['right-to-left override', 'abc\u202efdp.exe'],
    ['combining marks', 'a' + '\u0301'.repeat(90)],
    ['emoji of several parts', '👩🏽‍🚀 und 𝒳'],
    ['Chinese', '我会先了解系统，再动手。'],
    ['line ends and spaces', '  one\r\n\r\n\ttwo  '],
  ])('%s', async (_name, value) => {
    expect((await save(text, words(value))).json()).toMatchObject({ revision: 1, content: { text: value } });
    expect((await show(text)).json<ResponseView>().content).toEqual({ kind: 'text', text: value });
  });
});

describe('a draft', () => {
  beforeEach(newCandidate);

  test('is never overwritten by a page that has not seen it', async () => {
    await save(text, words('first'));
    const replies = await Promise.all(['a', 'b', 'c', 'd'].map((each) => save(text, words(each), 1)));
    expect(replies.map((reply) => reply.status).sort()).toEqual([200, 412, 412, 412]);
    expect((await show(text)).json()).toMatchObject({ revision: 2 });
  });

  test('saved again, its reply lost on the way, is saved once', async () => {
    await save(text, words('same'));
    const again = await save(text, words('same'));
    expect([again.status, again.json<ResponseView>().revision]).toEqual([200, 1]);
    expect(again.headers['etag']).toBe('"1"');
  });

  test('may be longer than the limit; the answer may not', async () => {
    await save(text, words('x'.repeat(101)));
    expectProblem(await keep(text, 1), 409, 'response_missing');
    await save(text, words('x'.repeat(100)), 1);
    expect((await keep(text, 2)).json()).toMatchObject({ kept: true, keptTakeId: null });
  });

  test('of spaces, or of too few options, is no answer', async () => {
    await save(text, words(' \n\t '));
    expectProblem(await keep(text, 1), 409, 'response_missing');
    await save(choice, chosen(red));
    expectProblem(await keep(choice, 1), 409, 'response_missing');
  });

  test('is the answer only in the revision the person saw', async () => {
    await save(text, words('one'));
    await save(text, words('two'), 1);
    expectProblem(await keep(text, 1), 412, 'edit_conflict');
    expect((await keep(text, 2)).status).toBe(200);
  });

  test('before consent is refused', async () => {
    const { token } = await recruiter.invite(position.positionId);
    const reply = await service.http.post('/api/v1/candidate/session', { body: { token } });
    const { interviewId } = reply.json<{ interviewId: string }>();
    const path = `/api/v1/candidate/interviews/${interviewId}/questions/${text}/response`;
    const request = { cookies: reply.cookies, headers: { 'if-match': '"0"' }, body: words('a') };
    expectProblem(await service.http.send('PUT', path, request), 403, 'consent_missing');
  });
});

describe('the deadline', () => {
  const day = 86_400_000;
  beforeEach(newCandidate);

  test('lets words arrive that were begun before it, and no others', async () => {
    await save(text, words('begun'));
    service.clock.advance(day + 60_000);
    expect((await save(text, words('finished'), 1)).status).toBe(200);
    expect((await keep(text, 2)).status).toBe(200);
    expectProblem(await save(choice, chosen(red, green)), 410, 'interview_over');
  });

  test('ends for words when it ends for uploads', async () => {
    await save(text, words('begun'));
    service.clock.advance(day + (limits.deadlineGraceSeconds + 60 + limits.graceSeconds + 5) * 1000);
    expectProblem(await save(text, words('late'), 1), 410, 'interview_over');
  });
});

describe('an answer in words', () => {
  test('can be changed until it is sent, goes to reviewers without a name, and then stands', async () => {
    await newCandidate();
    await save(text, words('First thoughts'));
    await keep(text, 1);
    await save(text, words('Second thoughts'), 1);
    expect((await candidate.show()).answers).toEqual(
      expect.arrayContaining([expect.objectContaining({ questionId: text, kept: true })]),
    );
    await save(choice, chosen(red, blue));
    await keep(choice, 1);
    const parallel = await Promise.all(Array.from({ length: 10 }, () => candidate.submit()));
    expect(parallel.every((reply) => reply.status === 200)).toBe(true);
    expectProblem(await save(text, words('Third'), 2), 409, 'interview_closed');
    expectProblem(await keep(text, 2), 409, 'interview_closed');
    // The same choice again, its reply lost: told again, nothing changed.
    expect((await keep(text, 1)).status).toBe(200);

    const reviewer = { cookies: [world.ours.people.assigned.cookie] };
    const queue = (await service.http.get('/api/v1/review/batches', reviewer)).json<ReviewQueue>();
    const ofPosition = queue.data.filter((batch) => batch.positionId === position.positionId);
    expect(ofPosition.map((batch) => [batch.questionId, batch.waiting])).toEqual([
      [text, 0],
      [choice, 0],
    ]);
    const batchOf = async (questionId: string): Promise<ReviewBatch> => {
      const { roundId } = ofPosition[0]!;
      const path = `/api/v1/review/rounds/${roundId}/questions/${questionId}`;
      return (await service.http.get(path, reviewer)).json<ReviewBatch>();
    };
    const [clip] = (await batchOf(text)).clips;
    // What was chosen as the answer, not what was written after it.
    expect(clip!.media).toMatchObject({
      ...{ state: 'finished', sources: [] },
      response: { kind: 'text', text: 'First thoughts', locale: 'en' },
    });
    expect((await batchOf(choice)).clips[0]!.media.response).toMatchObject({
      options: [
        { optionId: red, chosen: true },
        { optionId: green, chosen: false },
        { optionId: blue, chosen: true },
      ],
    });
    const view = await service.http.post(`/api/v1/answers/${clip!.answerId}/playbacks`, {
      ...{ cookies: reviewer.cookies, body: { playbackId: uuidv7(), generation: clip!.media.generation } },
    });
    expect(view.status).toBe(204);
    for (const path of ['playlists/source.m3u8', 'chunks/0/0', 'file', 'poster.jpg'])
      expectProblem(
        await service.http.get(
          `/media/answers/${clip!.answerId}/${clip!.media.generation}/${path}`,
          reviewer,
        ),
        404,
        'not_found',
      );
  });

  test('is asked for with its settings', async () => {
    await newCandidate();
    const { questions: asked, kinds } = await candidate
      .show()
      .then((interview: CandidateInterview) => interview);
    expect(asked.map((question) => question.settings?.kind)).toEqual(['text', 'choice', undefined]);
    expect([...kinds].sort()).toEqual(['choice', 'text', 'video']);
  });
});

test('other devices see that something was saved, and that it became the answer', async () => {
  const candidate = await recruiter.candidate(position.positionId);
  const at = `/questions/${text}/response`;
  const progress = async () =>
    (await candidate.send('GET', '/devices')).json<{ progress: string }>().progress;
  const seen = [await progress()];
  const body = { content: { kind: 'text', text: 'Some words' } };
  expect((await candidate.send('PUT', at, { body, headers: { 'if-match': '"0"' } })).status).toBe(200);
  seen.push(await progress());
  expect((await candidate.send('POST', `${at}/keep`, { body: { revision: 1 } })).status).toBe(200);
  seen.push(await progress());
  expect(new Set(seen).size).toBe(3);
});
