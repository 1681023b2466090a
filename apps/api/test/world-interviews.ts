import { createHash, randomUUID } from 'node:crypto';
import type { FinaliseTake } from '@fairtake/contracts';
import type { TenantContext } from '@fairtake/database';
import { noAdjustment } from '@fairtake/domain';
import { storageKeys } from '@fairtake/storage';
import { v7 as uuidv7 } from 'uuid';
import { insertRow, type Row } from './rows';

/** Bytes a world's rows speak of. They carry the organisation's canary. */
export interface WorldObject {
  storageKey: string;
  bytes: Buffer;
}

/** Takes of an interview under way, one per state a request can be about. */
export interface TakesInWorld {
  open: { takeId: string; lease: string };
  finalised: { takeId: string; manifest: FinaliseTake };
  keptTakeId: string;
  /** Bytes of the received and of the kept one. */
  objects: WorldObject[];
}

interface Place {
  interviewId: string;
  questionId: string;
}

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const inAnHour = (): Date => new Date(Date.now() + 3_600_000);

/** Consent given and the first question answered: an open take, a received one and a kept one. */
export async function startInterview(
  tx: TenantContext,
  place: Place,
  notice: { noticeId: string },
  canary: string,
): Promise<TakesInWorld> {
  const { interviewId, questionId } = place;
  await insertRow(tx, 'consent', {
    ...{ id: uuidv7(), interview_id: interviewId, notice_id: notice.noticeId },
    ...{ text_sha256: 'a'.repeat(64), locale: 'en', retention_days: 180, channel: 'web' },
  });
  await tx.interviews.start(interviewId, 'en');
  const answer = await tx.answers.open({ id: uuidv7(), interviewId, questionId, at: new Date() });
  const of = { answerId: answer.id, interviewId };
  const lease = randomUUID();
  const open = await addTake(tx, of, 1, { lease });
  const finalised = await addTake(tx, of, 2, { state: 'finalised', ...received });
  const chunk = await addChunk(tx, finalised, `finalised ${canary}`);
  const kept = await addTake(tx, of, 3, { state: 'kept', ...received });
  const keptChunk = await addChunk(tx, kept, `kept ${canary}`);
  await tx.answers.keep(answer.id, kept, { state: 'playable', durationSeconds: 4, audioOnly: false });
  return {
    open: { takeId: open, lease },
    finalised: { takeId: finalised, manifest: manifestOf([chunk.bytes]) },
    keptTakeId: kept,
    objects: [chunk, keptChunk],
  };
}

export interface RequestsInWorld {
  adjustmentRequestId: string;
  timeRequestId: string;
}

/** A deadline far away, and an adjustment and more time asked for. */
export async function addRequests(tx: TenantContext, interviewId: string): Promise<RequestsInWorld> {
  const [adjustmentRequestId, timeRequestId] = [uuidv7(), uuidv7()];
  const at = new Date();
  await tx.deadlines.set(interviewId, new Date('2080-01-01T00:00:00Z'), at);
  const wanted = { ...noAdjustment, answerFactor: 2 } as const;
  await tx.adjustments.ask({ id: adjustmentRequestId, interviewId, wanted, at });
  await tx.timeRequests.ask({ id: timeRequestId, interviewId, at });
  return { adjustmentRequestId, timeRequestId };
}

/** What `POST …/finalise` says of one segment made of these chunks. */
export const manifestOf = (chunks: readonly Buffer[], durationMs = 4_000): FinaliseTake => ({
  segments: [
    {
      count: chunks.length,
      sizeBytes: chunks.reduce((sum, chunk) => sum + chunk.length, 0),
      sha256: sha256(Buffer.concat(chunks.map((chunk) => Buffer.from(sha256(chunk), 'hex')))),
    },
  ],
  durationMs,
});

export interface SentAnswer {
  roundId: string;
  answerId: string;
  takeId: string;
  objects: WorldObject[];
}

/** Generations are numbers without meaning; tables of tests name the one of a world. */
export async function nameGeneration(tx: TenantContext, answerId: string): Promise<void> {
  await tx.em.query('UPDATE answer SET generation = 1 WHERE id = $1', [answerId]);
}

/** A kept, sent, finished answer in generation 1 that one reviewer was given and has begun to score. */
export async function addSentAnswer(
  tx: TenantContext,
  place: Place & { positionId: string; rubricId: string; criterionId: string },
  reviewerId: string,
  canary: string,
): Promise<SentAnswer> {
  const { interviewId, questionId } = place;
  await tx.interviews.start(interviewId, 'en');
  const { id: answerId } = await tx.answers.open({ id: uuidv7(), interviewId, questionId, at: new Date() });
  const takeId = await addTake(tx, { answerId, interviewId }, 1, { state: 'kept', ...received });
  const chunk = await addChunk(tx, takeId, `sent ${canary}`);
  await tx.answers.keep(answerId, takeId, { state: 'playable', durationSeconds: 4, audioOnly: false });
  await nameGeneration(tx, answerId);
  await tx.interviews.submit(interviewId, { at: new Date(), replyPromisedAt: inAnHour(), incomplete: false });
  const roundId = uuidv7();
  await tx.rounds.open({ id: roundId, positionId: place.positionId, dueHours: 24 });
  await tx.rounds.assign({ id: uuidv7(), roundId, answerId, memberId: reviewerId, dueAt: inAnHour() });
  const objects = [chunk, ...(await addRenditions(tx, answerId, canary))];
  const reviewId = uuidv7();
  await tx.reviews.create({
    ...{ id: reviewId, roundId, answerId },
    ...{ memberId: reviewerId, rubricId: place.rubricId },
  });
  const score = { criterionId: place.criterionId, level: 4, cannotRate: null, evidence: null };
  const comment = { commentId: uuidv7(), atSeconds: 1, text: `Comment ${canary}` };
  await tx.reviews.saveDraft(reviewId, [score], [comment]);
  return { roundId, answerId, takeId, objects };
}

const received = { verdict: 'complete', finalised_at: new Date(), duration_ms: 4_000 };

async function addTake(
  tx: TenantContext,
  of: { answerId: string; interviewId: string },
  number: number,
  row: Row,
): Promise<string> {
  const id = uuidv7();
  await insertRow(tx, 'take', {
    ...{ id, answer_id: of.answerId, interview_id: of.interviewId, number, recorder: 'baseline' },
    ...{ mime_type: 'video/mp4', lease: randomUUID(), lease_session_id: randomUUID() },
    // Its device was not heard of for a while: whoever has the interview may decide about it.
    ...{ leased_at: new Date(Date.now() - 60_000), recording_ends_at: inAnHour(), ...row },
  });
  return id;
}

const fragment = { offset: 4, sizeBytes: 8, startTicks: 0, durationTicks: 4_000, keyFrame: true };
const init = { offset: 0, sizeBytes: 4, timescale: 1_000, tracks: [{ kind: 'video', codec: 'avc1.42E01E' }] };

/** One segment of one chunk whose bytes are the text; indexed as if it were MP4. */
async function addChunk(tx: TenantContext, takeId: string, text: string): Promise<WorldObject> {
  const bytes = Buffer.from(text);
  const { organisationId } = tx;
  const place = { organisationId, takeId, segment: 0, index: 0 };
  const storageKey = storageKeys.chunk({ ...place, sha256: sha256(bytes) });
  await insertRow(tx, 'segment', {
    ...{ take_id: takeId, number: 0, lease: randomUUID(), container: 'mp4', chunk_count: 1 },
    ...{ size_bytes: bytes.length, sha256: sha256(bytes), init },
    fragments: JSON.stringify([{ chunk: 0, ...fragment }]),
  });
  await insertRow(tx, 'chunk', {
    ...{ take_id: takeId, segment: 0, index: 0, size_bytes: bytes.length, sha256: sha256(bytes) },
    storage_key: storageKey,
  });
  return { storageKey, bytes };
}

async function addRenditions(tx: TenantContext, answerId: string, canary: string): Promise<WorldObject[]> {
  const place = { organisationId: tx.organisationId, answerId, generation: 1 };
  const object = (storageKey: string) => {
    const bytes = Buffer.from(`${storageKey.split('/').at(-1)} ${canary}`);
    return { storageKey, bytes, row: { storageKey, sizeBytes: bytes.length, sha256: sha256(bytes) } };
  };
  const [hls, file] = [
    object(storageKeys.rendition({ ...place, name: 'hls_360' })),
    object(storageKeys.rendition({ ...place, name: 'progressive' })),
  ];
  const poster = object(storageKeys.asset({ ...place, name: 'poster.jpg' }));
  const common = { codecs: 'avc1.42E01E,mp4a.40.2', width: 640, height: 360, durationSeconds: 4 };
  await tx.media.addRendition(answerId, 1, {
    ...{ kind: 'hls_360', mimeType: 'video/mp4', ...common, ...hls.row },
    ...{ init: { ...init, tracks: [] }, fragments: [fragment] },
  });
  await tx.media.addRendition(answerId, 1, {
    ...{ kind: 'progressive', mimeType: 'video/webm', ...common, ...file.row },
    ...{ init: null, fragments: null },
  });
  await tx.media.addAsset(answerId, 1, 'poster', poster.row);
  return [hls, file, poster];
}
