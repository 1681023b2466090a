import type {
  CandidateInterview,
  InvitationLink,
  OpenedInvitation,
  ReviewBatch,
  ReviewQueue,
  ReviewReply,
  TakeLease,
} from '@fairtake/contracts';
import { waitFor } from '@fairtake/testing';
import { createHash, randomUUID } from 'node:crypto';
import { ApiClient } from './api-client';
import type { Person } from './people';
import type { RecorderOutput } from './recorded-bytes';
import type { System } from './system';

/** What is sent for an answer: pieces as a recorder cuts them. */
export type Recording = Pick<RecorderOutput, 'recorder' | 'blobs' | 'bytes' | 'mimeType' | 'elapsedMs'> & {
  /** Where the recorder was started again: the pieces of each start, in place of `blobs`. */
  segments?: readonly Buffer[][];
};

const digest = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

export async function inviteByApi(recruiter: Person, positionId: string, name: string): Promise<string> {
  const path = `/positions/${positionId}/invitations`;
  const { link } = await recruiter.client.post<InvitationLink>(path, { name, locale: 'en' });
  return link;
}

/** Somebody else answers every question of a position with the same recording, through the API, and sends. */
export async function answerByApi(
  system: System,
  options: { recruiter: Person; positionId: string; name: string; recording: Recording },
): Promise<{ interviewId: string; link: string }> {
  const link = await inviteByApi(options.recruiter, options.positionId, options.name);
  const client = new ApiClient(system.url);
  const token = link.slice(link.indexOf('#') + 1);
  const { interviewId } = await client.post<OpenedInvitation>('/candidate/session', { token });
  const path = `/candidate/interviews/${interviewId}`;
  const { consent } = await client.get<CandidateInterview>(path);
  const { questions } = await client.post<CandidateInterview>(`${path}/consent`, {
    noticeId: consent.noticeId,
    locale: 'en',
  });
  for (const { questionId } of questions) await sendTake(client, path, questionId, options.recording);
  await client.post(`${path}/submit`);
  return { interviewId, link };
}

async function sendTake(
  client: ApiClient,
  path: string,
  questionId: string,
  recording: Recording,
): Promise<void> {
  const { recorder, mimeType, segments = [recording.blobs] } = recording;
  const takePath = `${path}/takes/${randomUUID()}`;
  await client.post(`${path}/questions/${questionId}/open`);
  const { lease } = await client.put<TakeLease>(takePath, { questionId, recorder, mimeType });
  const manifest = [];
  for (const [segment, pieces] of segments.entries())
    manifest.push(await sendSegment(client, `${takePath}/segments/${segment}`, lease, pieces));
  const durationMs = Math.round(recording.elapsedMs());
  await client.post(`${takePath}/finalise`, { segments: manifest, durationMs });
  await client.post(`${takePath}/keep`);
}

/** @returns the segment's line of the manifest */
async function sendSegment(
  client: ApiClient,
  path: string,
  lease: string,
  pieces: readonly Buffer[],
): Promise<{ count: number; sizeBytes: number; sha256: string }> {
  const chunks = pieces.filter(({ length }) => length > 0);
  for (const [index, chunk] of chunks.entries())
    await client.request('PUT', `${path}/chunks/${index}`, {
      bytes: chunk,
      headers: {
        'Content-Digest': `sha-256=:${digest(chunk).toString('base64')}:`,
        'Fairtake-Lease': lease,
      },
    });
  const sha256 = digest(Buffer.concat(chunks.map(digest))).toString('hex');
  return { count: chunks.length, sizeBytes: Buffer.concat(chunks).length, sha256 };
}

async function readBatches({ client }: Person): Promise<ReviewBatch[]> {
  const { data } = await client.get<ReviewQueue>('/review/batches');
  return Promise.all(
    data.map(({ roundId, questionId }) =>
      client.get<ReviewBatch>(`/review/rounds/${roundId}/questions/${questionId}`),
    ),
  );
}

/** A reviewer scores and submits everything in the queue: candidate n gets `levels[n - 1]` on every criterion. */
export async function reviewByApi(
  reviewer: Person,
  { levels, comment }: { levels: number[]; comment: (answerId: string) => string },
): Promise<void> {
  const batches = await readyBatches(reviewer);
  for (const { rubricId, criteria, clips } of batches)
    for (const { answerId, label } of clips) {
      const level = levels[Number(/\d+/.exec(label)?.[0]) - 1];
      const scores = criteria.map(({ criterionId }) => ({
        criterionId,
        level,
        cannotRate: null,
        evidence: null,
      }));
      const comments = [{ commentId: randomUUID(), atSeconds: 1, text: comment(answerId) }];
      const path = `/answers/${answerId}/review`;
      const body = { rubricId, version: 0, scores, comments };
      const { review } = await reviewer.client.put<ReviewReply>(path, body);
      await reviewer.client.post(`${path}/submit`, { version: review.version });
    }
}

/** The reviewer's queue once the worker has prepared every clip in it. */
export const readyBatches = (reviewer: Person): Promise<ReviewBatch[]> =>
  waitFor(
    async () => {
      const batches = await readBatches(reviewer);
      const states = batches.flatMap(({ clips }) => clips.map(({ media }) => media.state));
      if (states.includes('failed')) throw new Error('An answer could not be prepared');
      const ready =
        states.length > 0 && states.every((state) => state === 'playable' || state === 'finished');
      return ready ? batches : null;
    },
    { what: 'every clip to be playable', timeoutMs: 60_000, intervalMs: 200 },
  );
