import type { Comparison, ReviewBatch, TakeLease } from '@fairtake/contracts';
import { noAdjustment } from '@fairtake/domain';
import { recording, type CandidateClient } from './candidate-client';
import { RecruitingClient } from './recruiting-client';
import { ReviewRound } from './review-round';
import { startTestApp, type TestApp } from './test-app';
import { buildWorld, type World } from './world';

/**
 * Adjustments and technical faults change nothing a reviewer can read: two candidates who gave the same recording, one
 * of them with everything adjusted and a fault on the way, look alike byte for byte.
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

/** A clip without what tells any two people apart: its id, its label, how often it was recorded. */
const alike = (text: string, { answerId, label }: { answerId: string; label: string }): string =>
  text
    .replaceAll(answerId, 'ANSWER')
    .replaceAll(label, 'LABEL')
    .replace(/"generation":\d+/g, '"generation":0')
    .replace(/\/ANSWER\/\d+\//g, '/ANSWER/0/');

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
  expect(alike(JSON.stringify(other), other)).toBe(alike(JSON.stringify(one), one));
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
    return alike(text, { answerId: found.media!.answerId, label: found.name });
  };
  expect(pane(adjusted)).toBe(pane(round.interviewId));
});
