import { createHash, randomUUID } from 'node:crypto';
import type { TenantContext } from '@fairtake/database';
import { storageKeys } from '@fairtake/storage';
import { v7 as uuidv7 } from 'uuid';
import { insertRow } from './rows';
import { nameGeneration, type WorldObject } from './world-interviews';

/** What a candidate wrote and sent, beside the recordings; every text carries the organisation's canary. */
export interface ResponsesInWorld {
  /** Saved in revision 1, not kept. */
  textQuestionId: string;
  fileQuestionId: string;
  /** One piece of text, received; not finished. */
  openFileId: string;
  openFileManifest: string;
  /** Sent; `assigned` has to review it. */
  fileAnswerId: string;
  objects: WorldObject[];
}

const sha256 = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest();

/** A text and a file question, begun in the interview under way, and a file given in the one that was sent. */
export async function addResponses(
  tx: TenantContext,
  place: { positionId: string; interviewId: string; sentInterviewId: string },
  review: { roundId: string; reviewerId: string },
  canary: string,
): Promise<ResponsesInWorld> {
  const at = new Date();
  const [textQuestionId, fileQuestionId] = [uuidv7(), uuidv7()];
  for (const [index, kind] of (['text', 'file'] as const).entries())
    await insertRow(tx, 'question', {
      ...{ id: [textQuestionId, fileQuestionId][index], position_id: place.positionId, number: index + 2 },
      ...{ kind, text: { en: `Text ${canary}` }, answer_seconds: 60, takes: 1, required: false },
    });
  const open = (interviewId: string, questionId: string) =>
    tx.answers.open({ id: randomUUID(), interviewId, questionId, at });
  const written = await open(place.interviewId, textQuestionId);
  await tx.responses.save(written.id, 0, { kind: 'text', text: `Words ${canary}` }, at);
  const begun = await open(place.interviewId, fileQuestionId);
  const arriving = await addFile(tx, { ...begun, interviewId: place.interviewId }, canary);
  const sent = await open(place.sentInterviewId, fileQuestionId);
  const given = await addFile(tx, { ...sent, interviewId: place.sentInterviewId }, canary);
  await tx.files.receive(given.fileId, {
    ...{ type: 'text', at, sha256: sha256(given.object.bytes).toString('hex') },
    storageKey: given.object.storageKey,
  });
  await tx.files.keep(sent.id, given.fileId);
  await tx.responses.save(sent.id, 0, { kind: 'file', fileId: given.fileId }, at);
  await tx.responses.keep(sent.id, 1);
  await tx.answers.keep(sent.id, null, { state: 'finished', durationSeconds: 60, audioOnly: false });
  await nameGeneration(tx, sent.id);
  await tx.rounds.assign({
    ...{ id: uuidv7(), roundId: review.roundId, answerId: sent.id, memberId: review.reviewerId },
    dueAt: new Date(Date.now() + 3_600_000),
  });
  return {
    ...{ textQuestionId, fileQuestionId, fileAnswerId: sent.id, openFileId: arriving.fileId },
    openFileManifest: sha256(sha256(arriving.object.bytes)).toString('hex'),
    objects: [arriving.object, given.object],
  };
}

async function addFile(
  tx: TenantContext,
  answer: { id: string; interviewId: string },
  canary: string,
): Promise<{ fileId: string; object: WorldObject }> {
  const { organisationId } = tx;
  const fileId = randomUUID();
  const bytes = Buffer.from(`file ${canary}`);
  const digest = sha256(bytes).toString('hex');
  const storageKey = storageKeys.filePiece({ organisationId, fileId, index: 0, sha256: digest });
  await tx.files.open({
    ...{ id: fileId, answerId: answer.id, interviewId: answer.interviewId },
    ...{ name: `${canary}.txt`, sizeBytes: bytes.length, at: new Date() },
  });
  await tx.files.recordPiece(fileId, { index: 0, sizeBytes: bytes.length, sha256: digest, storageKey });
  return { fileId, object: { storageKey, bytes } };
}
