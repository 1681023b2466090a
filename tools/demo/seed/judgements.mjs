import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';

const PLAYABLE_TIMEOUT_MS = 5 * 60_000;

/** Answers of one reviewer's whole queue by candidate number and question. */
async function readQueue(client) {
  const { data } = await client.get('/review/batches');
  return Promise.all(
    data.map(({ roundId, questionId }) => client.get(`/review/rounds/${roundId}/questions/${questionId}`)),
  );
}

/** Waits until the worker has prepared every clip of a reviewer, as a person would. */
export async function waitUntilPlayable(client) {
  for (const until = Date.now() + PLAYABLE_TIMEOUT_MS; Date.now() < until; await wait(1_000)) {
    const clips = (await readQueue(client)).flatMap((batch) => batch.clips);
    if (clips.every(({ media }) => ['playable', 'finished', 'failed'].includes(media.state))) return;
  }
  throw new Error('Some clips of the demo were not prepared in time; see the worker log');
}

/**
 * Enters and submits what one reviewer thinks. Criteria of a question are scored together; a candidate with fewer
 * scores than the question asks for stays a draft.
 *
 * @param {Record<string, number[]>} numbers pseudonym numbers by candidate key
 */
export async function judge(client, judgement, numbers, ids) {
  for (const batch of await readQueue(client))
    for (const [candidate, { comment, ...levels }] of Object.entries(judgement)) {
      const clip = batch.clips.find(({ label }) => Number(label) === numbers[candidate]);
      const scores = batch.criteria.flatMap(({ criterionId }) => {
        const level = Object.entries(levels).find(([key]) => ids[key] === criterionId)?.[1];
        return level === undefined ? [] : [{ criterionId, level, cannotRate: null, evidence: null }];
      });
      if (!clip || clip.review?.state === 'submitted' || scores.length === 0) continue;
      const [question, atSeconds, text] = comment;
      const comments =
        ids[question] === batch.questionId ? [{ commentId: randomUUID(), atSeconds, text }] : [];
      const path = `/answers/${clip.answerId}/review`;
      const version = clip.review?.version ?? 0;
      const { review } = await client.put(path, { rubricId: batch.rubricId, version, scores, comments });
      if (scores.length === batch.criteria.length)
        await client.post(`${path}/submit`, { version: review.version });
    }
}
