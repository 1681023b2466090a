import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { ApiClient } from '../../../demo/seed/api-client.mjs';

const PASSWORD = 'brook-copper-elder-lake-41';
const ADMIN = { organisation: 'Alder Health', name: 'Ines Dahl', email: 'ines@alder.example' };
const REVIEWER = { name: 'Tove Brandt', email: 'tove@alder.example', role: 'reviewer' };
const POLL_MS = 20;
const LISTED_TIMEOUT_MS = 2 * 60_000;

const tokenOf = (link) => link.slice(link.indexOf('#') + 1);
const english = (text) => ({ en: text });

/**
 * An organisation with one reviewer, made through the api as a person would.
 *
 * @returns {Promise<{ admin: ApiClient, reviewer: ApiClient, reviewerId: string, signIn: object }>} `signIn` is
 *   what the reviewer types
 */
export async function makeOrganisation({ url, setUpToken }) {
  const admin = new ApiClient(url);
  await admin.post('/account-links/set-up', { ...ADMIN, token: setUpToken, password: PASSWORD });
  const { member, link } = await admin.post('/members', REVIEWER);
  const reviewer = new ApiClient(url);
  await reviewer.post('/account-links/accept', { token: tokenOf(link), password: PASSWORD });
  const signIn = { email: REVIEWER.email, password: PASSWORD };
  return { admin, reviewer, reviewerId: member.memberId, signIn };
}

/** An open position with one question and one take, sent by itself, and an invitation to it. */
export async function makeInvitation({ admin, reviewerId }, answerSeconds) {
  const questionId = randomUUID();
  const { positionId } = await admin.post('/positions', positionDraft(questionId, reviewerId, answerSeconds));
  await admin.post(`/positions/${positionId}/publish`);
  const person = { name: 'Wren Okafor', locale: 'en' };
  const { link } = await admin.post(`/positions/${positionId}/invitations`, person);
  return { questionId, link };
}

/** Asks as the reviewer, again and again, until the only clip of the question can be played. */
export async function waitUntilListed({ reviewer }, questionId, signal) {
  for (const until = Date.now() + LISTED_TIMEOUT_MS; Date.now() < until; await wait(POLL_MS)) {
    signal?.throwIfAborted();
    const { data } = await reviewer.get('/review/batches');
    const batch = data.find((one) => one.questionId === questionId);
    if (!batch) continue;
    const clip = await readClip(reviewer, batch);
    if (clip.media.state === 'failed') throw new Error(`The answer failed: ${clip.media.failure}`);
    if (clip.media.sources.length > 0) return { at: Date.now(), batch, media: clip.media };
  }
  throw new Error('The answer was not listed for review in time.');
}

/** Waits until the worker has nothing left to do for the clip. */
export async function waitUntilFinished({ reviewer }, batch, timeoutMs) {
  for (const until = Date.now() + timeoutMs; Date.now() < until; await wait(500)) {
    const { media } = await readClip(reviewer, batch);
    if (media.state === 'finished') return media;
  }
  throw new Error('The worker did not finish the answer in time.');
}

async function readClip(reviewer, { roundId, questionId }) {
  const { clips } = await reviewer.get(`/review/rounds/${roundId}/questions/${questionId}`);
  return clips[0];
}

const positionDraft = (questionId, reviewerId, answerSeconds) => ({
  title: english('Backend engineer'),
  languages: ['en'],
  deadlineAt: null,
  timeZone: 'Europe/Berlin',
  blind: true,
  autoSubmit: true,
  adjustmentPolicy: 'self_service',
  adjustmentKinds: [
    'think_time',
    'answer_time',
    'extra_takes',
    'audio_only',
    'text_answers',
    'questions_in_advance',
  ],
  reviewersPerAnswer: 1,
  replyWorkingDays: 3,
  retentionDays: 30,
  reviewerIds: [reviewerId],
  questions: [
    {
      questionId,
      kind: 'video',
      text: english('How do you plan a week of work nobody checks on?'),
      thinkSeconds: null,
      answerSeconds,
      takes: 1,
      required: true,
    },
  ],
  criteria: [
    {
      criterionId: randomUUID(),
      name: english('Plans own work'),
      lookFor: null,
      weight: 100,
      questionIds: [questionId],
      anchors: [1, 3, 5].map((level) => ({ level, text: english(`Level ${level}`) })),
    },
  ],
});
