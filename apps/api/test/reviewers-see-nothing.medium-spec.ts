import type {
  AdjustmentChoice,
  AnswerMedia,
  Comparison,
  PositionView,
  ReviewBatch,
  ReviewQueue,
  TakeLease,
} from '@fairtake/contracts';
import { noAdjustment } from '@fairtake/domain';
import { syntheticFragment, syntheticInit } from '@fairtake/media/testing';
import { recording, type CandidateClient } from './candidate-client';
import { criterionDraft, questionDraft } from './position-draft';
import { RecruitingClient } from './recruiting-client';
import { ReviewRound } from './review-round';
import { startTestApp, type TestApp } from './test-app';
import { buildWorld, type World } from './world';

/**
 * Adjustments and technical faults change nothing a reviewer can read: two candidates who gave the same recording, one
 * of them with everything adjusted and a fault on the way, look alike byte for byte. An answer in writing or by voice is
 * seen to be one; it looks as it would to a question that asks for one.
 */
let service: TestApp;
let world: World;
let round: ReviewRound;
let plain: string;
let adjusted: string;

const phone =
  'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36';

beforeAll(async () => {
  service = await startTestApp();
  world = await buildWorld(service.database);
  round = await ReviewRound.open(service, world.ours);
  await round.sendAnswer();
  plain = round.answerId;
  const recruiter = new RecruitingClient(service.http, [world.ours.people.recruiter.cookie]);
  const invited = await recruiter.candidate(round.position.positionId, {
    name: 'Sam Secretname',
    deadlineAt: new Date(Date.now() + 3_600_000).toISOString(),
  });
  await answerWithHelp(invited, recruiter);
});
afterAll(() => service?.close());

async function answerWithHelp(candidate: CandidateClient, recruiter: RecruitingClient): Promise<void> {
  const questionId = round.position.questions[0]!.questionId;
  const choice = { thinkFactor: null, answerFactor: 2, extraTakes: 2, questionsInAdvance: true };
  const looks = { largerText: true, reducedMotion: true, hideCountdown: true };
  const chosen = await candidate.send('POST', '/adjustments', {
    body: { ...noAdjustment, ...choice, ...looks },
  });
  expect(chosen.status).toBe(200);
  expect((await candidate.send('POST', '/time-requests')).status).toBe(200);
  const late = new Date(Date.now() + 48 * 3_600_000).toISOString();
  expect((await recruiter.send('PUT', candidate.interviewId, 'deadline', { deadlineAt: late })).status).toBe(
    200,
  );
  const lost = (await candidate.openTake(questionId)).json<TakeLease>();
  await candidate.putChunk({ ...lost, index: 0 }, recording()[0]!);
  const returned = await candidate.send('POST', `/takes/${lost.takeId}/return`, {
    body: { reason: 'encoder_stalled' },
    headers: { 'user-agent': phone },
  });
  expect(returned.status).toBe(200);
  // Four takes where the others have three.
  for (let take = 0; take < 4; take += 1) await candidate.answer(questionId);
  await candidate.submit();
  adjusted = candidate.interviewId;
}

/** A clip without what tells any two people apart: its id, its label, and the number in its addresses. */
const alike = (
  text: string,
  { answerId, label, generation }: { answerId: string; label: string; generation: number },
): string =>
  text
    .replaceAll(answerId, 'ANSWER')
    .replaceAll(`"${label}"`, '"LABEL"')
    .replaceAll(`"generation":${generation}`, '"generation":0')
    .replaceAll(`/ANSWER/${generation}/`, '/ANSWER/0/');

const clipAlike = (clip: ReviewBatch['clips'][number]): string =>
  alike(JSON.stringify(clip), { ...clip, generation: clip.media.generation });

const telltale =
  /adjust|factor|countdown|\bfault|stalled|vanish|returned|taken?s?[_"]?used|takeNumber|paused|late_?open|graceSeconds|deadline|requests?"|Android/i;

const batch = async (): Promise<ReviewBatch> => {
  const { assigned } = world.ours.people;
  return (await round.get(assigned, round.batchPath)).json<ReviewBatch>();
};

test('in the workspace both clips are equal but for name and recording', async () => {
  const { clips } = await batch();
  const [one, other] = [
    clips.find((clip) => clip.answerId === plain)!,
    clips.find((clip) => clip.answerId !== plain)!,
  ];
  expect(clipAlike(other)).toBe(clipAlike(one));
});

test('no reply to a reviewer holds a word of it, in head or body', async () => {
  const { assigned, unassigned } = world.ours.people;
  const { clips } = await batch();
  const urls = clips.flatMap(({ answerId, media }) => [
    `/api/v1/answers/${answerId}/review`,
    ...media.sources.map((source) => source.url),
  ]);
  for (const who of [assigned, unassigned])
    for (const url of ['/api/v1/review/batches', round.batchPath, ...urls]) {
      const reply = await round.get(who, url);
      expect(reply.status).toBe(200);
      expect(`${JSON.stringify(reply.headers)}${reply.text}`).not.toMatch(telltale);
    }
});

test('routes that do tell are closed to reviewers', async () => {
  const { assigned } = world.ours.people;
  for (const url of [
    `/api/v1/interviews/${adjusted}/person`,
    `/api/v1/positions/${round.position.positionId}`,
    `/api/v1/positions/${round.position.positionId}/interviews`,
  ])
    expect((await round.get(assigned, url)).status).toBe(403);
});

test('side by side both panes are equal but for name and recording', async () => {
  const { recruiter } = world.ours.people;
  const interviews = `${round.interviewId},${adjusted}`;
  const url = `/api/v1/positions/${round.position.positionId}/compare?interviews=${interviews}`;
  const reply = await round.get(recruiter, url);
  expect(reply.text).not.toMatch(telltale);
  const { panes, matrix } = reply.json<Comparison>();
  const pane = (interviewId: string): string => {
    const found = panes.find((each) => each.interviewId === interviewId)!;
    const row = matrix.find((each) => each.interviewId === interviewId)!;
    const text = JSON.stringify({ found, row }).replaceAll(interviewId, 'INTERVIEW');
    const { answerId, generation } = found.media!;
    return alike(text, { answerId, generation, label: found.name });
  };
  expect(pane(adjusted)).toBe(pane(round.interviewId));
});

describe('each adjustment by itself', () => {
  let position: PositionView;
  const [video, text, audio] = [
    questionDraft({ takes: 1 }),
    questionDraft({ kind: 'text', thinkSeconds: null, takes: 1, required: false }),
    questionDraft({ kind: 'audio', takes: 1, required: false }),
  ];
  const sound = { trackId: 1, codec: 'mp4a', timescale: 90_000 } as const;
  const spoken = [
    syntheticInit([sound]),
    syntheticFragment([{ trackId: 1, startTicks: 0, sampleDurations: [180_000, 180_000] }], 16),
  ];
  const words = 'I rebuilt the import, then measured it.';

  const write = async (candidate: CandidateClient, questionId: string): Promise<void> => {
    const at = `/questions/${questionId}/response`;
    const body = { content: { kind: 'text', text: words } };
    const saved = await candidate.send('PUT', at, { body, headers: { 'if-match': '"0"' } });
    expect(saved.status).toBe(200);
    expect((await candidate.send('POST', `${at}/keep`, { body: { revision: 1 } })).status).toBe(200);
  };

  /** One more candidate who chose this, answered, and sent; the clip as its reviewer reads it. */
  const clipOf = async (
    choice: Partial<AdjustmentChoice>,
    answer: (candidate: CandidateClient) => Promise<unknown>,
    questionId: string = video!.questionId,
  ): Promise<ReviewBatch['clips'][number]> => {
    const recruiter = new RecruitingClient(service.http, [world.ours.people.recruiter.cookie]);
    const candidate = await recruiter.candidate(position.positionId, { name: 'Sam Secretname' });
    if (Object.keys(choice).length > 0) {
      const body = { ...noAdjustment, ...choice };
      expect((await candidate.send('POST', '/adjustments', { body })).status).toBe(200);
    }
    const before = new Set((await clips(questionId)).map((clip) => clip.answerId));
    await answer(candidate);
    // The first question has to be answered before anything is sent.
    if (questionId !== video!.questionId) await candidate.answer(video!.questionId);
    expect((await candidate.submit()).status).toBe(200);
    return (await clips(questionId)).find((clip) => !before.has(clip.answerId))!;
  };

  const clips = async (questionId: string): Promise<ReviewBatch['clips']> => {
    const { assigned } = world.ours.people;
    const queue = (await round.get(assigned, '/api/v1/review/batches')).json<ReviewQueue>();
    const batch = queue.data.find((each) => each.questionId === questionId);
    if (!batch) return [];
    const path = `/api/v1/review/rounds/${batch.roundId}/questions/${questionId}`;
    return (await round.get(assigned, path)).json<ReviewBatch>().clips;
  };

  const mediaAlike = ({ media, label }: { media: AnswerMedia; label: string }): string =>
    alike(JSON.stringify(media), { ...media, label });

  beforeAll(async () => {
    const recruiter = new RecruitingClient(service.http, [world.ours.people.recruiter.cookie]);
    const questions = [video!, text!, audio!];
    position = await recruiter.openPosition({
      ...{ questions, blind: true, reviewersPerAnswer: 1 },
      criteria: [criterionDraft(questions.map((question) => question.questionId))],
      reviewerIds: [world.ours.people.assigned.memberId],
    });
  });

  const speak = (candidate: CandidateClient): Promise<unknown> => candidate.answer(video!.questionId);
  const speakAgain = async (candidate: CandidateClient): Promise<void> => {
    await candidate.answer(video!.questionId);
    await candidate.answer(video!.questionId);
  };

  test.each<[string, Partial<AdjustmentChoice>, (candidate: CandidateClient) => Promise<unknown>]>([
    ['more time to think', { thinkFactor: null }, speak],
    ['more time to answer', { answerFactor: 2 }, speak],
    ['more tries, of which one was used and kept', { extraTakes: 1 }, speakAgain],
    ['questions in advance', { questionsInAdvance: true }, speak],
    [
      'larger text, less movement, no countdown',
      { largerText: true, reducedMotion: true, hideCountdown: true },
      speak,
    ],
  ])('%s', async (_name, choice, answer) => {
    const plainClip = await clipOf({}, speak);
    const adjustedClip = await clipOf(choice, answer);
    expect(clipAlike(adjustedClip)).toBe(clipAlike(plainClip));
  });

  test('the number in addresses is no count of tries', async () => {
    const numbers: number[] = [];
    for (let person = 0; person < 4; person += 1) numbers.push((await clipOf({}, speak)).media.generation);
    expect(new Set(numbers).size).toBe(4);
    const again = (await clipOf({ extraTakes: 1 }, speakAgain)).media.generation;
    for (const number of [...numbers, again]) expect(number).toBeGreaterThan(100);
  });

  test('in writing: as to a question that asks for writing', async () => {
    const native = await clipOf({}, (candidate) => write(candidate, text!.questionId), text!.questionId);
    const adjustedClip = await clipOf({ textAnswers: true }, (candidate) =>
      write(candidate, video!.questionId),
    );
    expect(adjustedClip.media.response).toEqual({ kind: 'text', text: words, locale: 'en' });
    expect(mediaAlike(adjustedClip)).toBe(mediaAlike(native));
  });

  test('sound only: as to a question that asks for sound', async () => {
    const native = await clipOf(
      {},
      (candidate) => candidate.answer(audio!.questionId, spoken),
      audio!.questionId,
    );
    const adjustedClip = await clipOf({ audioOnly: true }, (candidate) =>
      candidate.answer(video!.questionId, spoken),
    );
    expect(adjustedClip.media.audioOnly).toBe(true);
    expect(mediaAlike(adjustedClip)).toBe(mediaAlike(native));
  });
});
