import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { limits } from '@fairtake/contracts';
import type { Database, IndexedFragment, IndexedInit, SegmentProof } from '@fairtake/database';
import { indexChunk, type Mp4Track } from '@fairtake/media';
import { recordedPieces } from '@fairtake/media/testing';
import { storageKeys, type Storage } from '@fairtake/storage';
import type { Client } from 'pg';

/** Where answers can be given: an organisation with an interview under way. */
export interface InterviewRows {
  organisationId: string;
  interviewId: string;
  positionId: string;
}

/** An answer that was kept, as the api leaves it for the worker. */
export interface KeptRows {
  organisationId: string;
  answerId: string;
  generation: number;
  takeId: string;
  chunkKeys: string[];
}

/** One recorder start. */
export interface Recording {
  bytes: Buffer;
  container: 'webm' | 'mp4';
  /** Cut into pieces of this size although it is MP4, so that fragments span chunks. */
  pieceBytes?: number;
}

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

const bounds = { maxChunks: limits.takeMaxChunks, maxBytes: limits.takeMaxBytes };

export async function addInterview(database: Database, superuser: Client): Promise<InterviewRows> {
  const email = `admin-${randomBytes(6).toString('hex')}@example.org`;
  const created = await database.ops.installation.createOrganisationWithAdmin({
    organisation: { name: 'Organisation' },
    admin: { name: 'Admin', email, passwordHash: 'hash' },
  });
  const { organisationId, memberId } = created!;
  const [positionId, candidateId, interviewId] = [randomUUID(), randomUUID(), randomUUID()];
  const text = JSON.stringify({ en: 'Text' });
  await superuser.query(
    `INSERT INTO position (organisation_id, id, title, languages, owner_member_id) VALUES ($1, $2, $3, '{en}', $4)`,
    [organisationId, positionId, text, memberId],
  );
  await superuser.query(
    `INSERT INTO candidate (organisation_id, id, name, locale) VALUES ($1, $2, 'C', 'en')`,
    [organisationId, candidateId],
  );
  await superuser.query(
    `INSERT INTO interview (organisation_id, id, position_id, candidate_id, locale, pseudonym, reference, invited_by)
     VALUES ($1, $2, $3, $4, 'en', 1, $5, $6)`,
    [organisationId, interviewId, positionId, candidateId, randomBytes(6).toString('hex'), memberId],
  );
  return { organisationId, interviewId, positionId };
}

export interface GivenAs {
  declaredSeconds: number;
  answerId?: string;
  /** A last segment was opened for a chunk that never came. */
  emptySegment?: boolean;
}

/** Gives an answer through the same rows and objects as the api: opened, uploaded in chunks, finalised, kept. */
export async function giveAnswer(
  { database, storage, superuser }: { database: Database; storage: Storage; superuser: Client },
  interview: InterviewRows,
  recordings: Recording[],
  options: GivenAs,
): Promise<KeptRows> {
  const { organisationId, interviewId } = interview;
  const answerId = options.answerId ?? (await openAnswer(database, superuser, interview));
  const [takeId, lease] = [randomUUID(), randomUUID()];
  await database.inOrganisation(organisationId, (tx) =>
    tx.takes.open({
      ...{ id: takeId, answerId, interviewId, recorder: 'baseline', mimeType: 'video/webm', lease },
      ...{ sessionId: randomUUID(), startedAt: new Date(), recordingEndsAt: new Date(Date.now() + 60_000) },
      openedLate: false,
    }),
  );
  const segments: SegmentProof[] = [];
  const chunkKeys: string[] = [];
  for (const [number, recording] of recordings.entries()) {
    const { proof, keys } = await upload(
      { database, storage },
      { organisationId, takeId, number, lease },
      recording,
    );
    segments.push(proof);
    chunkKeys.push(...keys);
  }
  if (options.emptySegment)
    await database.inOrganisation(organisationId, (tx) => tx.segments.open(takeId, recordings.length, lease));
  const plays = segments.every((segment) => segment.fragments !== null);
  const generation = await database.inOrganisation(organisationId, async (tx) => {
    const durationMs = Math.round(options.declaredSeconds * 1_000);
    await tx.takes.finalise(takeId, {
      segments,
      durationMs,
      verdict: 'complete',
      state: 'finalised',
      at: new Date(),
    });
    await tx.takes.keep(answerId, takeId);
    const state = plays ? 'playable' : 'processing';
    const kept = await tx.answers.keep(answerId, takeId, { state, durationSeconds: null, audioOnly: false });
    await tx.outbox.add(plays ? 'finish-answer' : 'prepare-answer', {
      organisationId,
      answerId,
      generation: kept,
    });
    return kept;
  });
  return { organisationId, answerId, generation, takeId, chunkKeys };
}

async function openAnswer(
  database: Database,
  superuser: Client,
  { organisationId, interviewId, positionId }: InterviewRows,
): Promise<string> {
  const [answerId, questionId] = [randomUUID(), randomUUID()];
  await superuser.query(
    `INSERT INTO question (organisation_id, id, position_id, number, kind, text, answer_seconds, takes)
     SELECT $1, $2, $3, count(*) + 1, 'video', '{"en": "Text"}', 60, 3 FROM question WHERE position_id = $3`,
    [organisationId, questionId, positionId],
  );
  await database.inOrganisation(organisationId, (tx) =>
    tx.answers.open({ id: answerId, interviewId, questionId, at: new Date() }),
  );
  return answerId;
}

async function upload(
  { database, storage }: { database: Database; storage: Storage },
  place: { organisationId: string; takeId: string; number: number; lease: string },
  { bytes, container, pieceBytes }: Recording,
): Promise<{ proof: SegmentProof; keys: string[] }> {
  const { organisationId, takeId, number, lease } = place;
  const pieces = recordedPieces(bytes, pieceBytes ? 'webm' : container, pieceBytes);
  await database.inOrganisation(organisationId, (tx) => tx.segments.open(takeId, number, lease));
  const keys: string[] = [];
  for (const [index, piece] of pieces.entries()) {
    const chunk = { segment: number, index, sizeBytes: piece.length, sha256: sha256(piece) };
    const storageKey = storageKeys.chunk({
      organisationId,
      takeId,
      segment: number,
      index,
      sha256: chunk.sha256,
    });
    await storage.put(storageKey, piece);
    const now = { at: new Date(), ...bounds };
    await database.chunks.record(organisationId, takeId, { ...chunk, storageKey }, now);
    keys.push(storageKey);
  }
  const proof = {
    ...{ number, container, ...indexOf(pieces, container), chunkCount: pieces.length },
    ...{ sizeBytes: bytes.length, sha256: sha256(bytes), manifestSha256: sha256(bytes) },
  };
  return { proof, keys };
}

function indexOf(
  pieces: Buffer[],
  container: 'webm' | 'mp4',
): { init: IndexedInit | null; fragments: IndexedFragment[] | null } {
  if (container === 'webm') return { init: null, fragments: null };
  let init: IndexedInit | null = null;
  let tracks: readonly Mp4Track[] = [];
  const fragments: IndexedFragment[] = [];
  for (const [chunk, piece] of pieces.entries()) {
    const indexed = indexChunk(piece, chunk === 0 ? { first: true } : { first: false, tracks });
    if (!indexed.ok) return { init: null, fragments: null };
    if (indexed.init) {
      init = indexed.init;
      tracks = indexed.init.tracks;
    }
    fragments.push(...indexed.fragments.map((fragment) => ({ chunk, ...fragment })));
  }
  return { init, fragments };
}
