import { createHash, randomUUID } from 'node:crypto';
import type { ResponseContent } from '@fairtake/contracts';
import type { Database, ObjectRow, SegmentProof } from '@fairtake/database';
import { storageKeys, type Storage } from '@fairtake/storage';
import type { Client } from 'pg';
import { addInterview } from './answer-rows';

/** What people did and workers made of it, through repositories and storage. */
export interface World {
  organisationId: string;
  interviewId: string;
  /** MP4 that plays from its rows, kept at the second try; finished, with a poster. */
  finished: { answerId: string; takeId: string; discardedTakeId: string; posterKey: string };
  /** WebM with a copy and a rendition; finished. */
  transcoded: { answerId: string; takeId: string; renditionKey: string };
  /** WebM that was sent a moment ago. */
  processing: { answerId: string; takeId: string };
  /** WebM that no program could read. */
  failed: { answerId: string; takeId: string };
  /** Words that were kept. */
  written: { answerId: string };
  /** A file that was kept, and one that is on its way. */
  filed: { answerId: string; fileId: string; fileKey: string; openFileId: string; pieceKey: string };
}

type Tools = { database: Database; storage: Storage; superuser: Client };
type Place = { organisationId: string; interviewId: string };

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const durationMs = 4_000;
const init = { offset: 0, sizeBytes: 4, timescale: 1_000, tracks: [] };
const fragments = [{ offset: 4, sizeBytes: 8, startTicks: 0, durationTicks: durationMs, keyFrame: true }];
const described = { codecs: 'avc1.42E01E', width: 1280, height: 720, durationSeconds: durationMs / 1_000 };

/** An interview that was sent, with an answer in each state; nothing is wrong with it. */
export async function buildWorld(tools: Tools): Promise<World> {
  const { database, superuser } = tools;
  const interview = await addInterview(database, superuser);
  const place: Place = interview;
  const { organisationId, interviewId } = place;
  const [first, second, third, fourth, fifth, sixth] = [
    await openAnswer(tools, interview),
    await openAnswer(tools, interview),
    await openAnswer(tools, interview),
    await openAnswer(tools, interview),
    await openAnswer(tools, interview),
    await openAnswer(tools, interview),
  ];
  const finished = await giveFinished(tools, place, first!);
  const transcoded = await giveTranscoded(tools, place, second!);
  const processing = await keep(tools, place, third!, await record(tools, place, third!, 'webm'), 'webm');
  const failed = await giveFailed(tools, place, fourth!);
  const written = await giveText(tools, place, fifth!);
  const filed = await giveFile(tools, place, sixth!);
  const now = new Date();
  await database.inOrganisation(organisationId, (tx) =>
    tx.interviews.submit(interviewId, { at: now, replyPromisedAt: now, incomplete: false }),
  );
  // A recording under way: nothing is promised of it but what it holds.
  await record(tools, place, third!, 'webm', { open: true });
  return { organisationId, interviewId, finished, transcoded, processing, failed, written, filed };
}

async function openAnswer(
  { database, superuser }: Tools,
  { organisationId, interviewId, positionId }: Place & { positionId: string },
): Promise<string> {
  const [answerId, questionId] = [randomUUID(), randomUUID()];
  await superuser.query(
    `INSERT INTO question (organisation_id, id, position_id, number, kind, text, answer_seconds, takes)
     SELECT $1, $2, $3, count(*) + 1, 'video', '{"en": "Text"}', 60, 3 FROM question WHERE position_id = $3`,
    [organisationId, questionId, positionId],
  );
  const question = { id: answerId, interviewId, questionId, at: new Date() };
  await database.inOrganisation(organisationId, (tx) => tx.answers.open(question));
  return answerId;
}

/** Uploads a take of one segment in three chunks and, unless it stays open, proves it. @returns its id */
async function record(
  { database, storage }: Tools,
  { organisationId, interviewId }: Place,
  answerId: string,
  container: 'mp4' | 'webm',
  { open = false } = {},
): Promise<string> {
  const [takeId, lease, sessionId] = [randomUUID(), randomUUID(), randomUUID()];
  const startedAt = new Date();
  const pieces = [0, 1, 2].map((index) => Buffer.from(`chunk ${index} of ${takeId}`));
  await database.inOrganisation(organisationId, async (tx) => {
    const times = { startedAt, recordingEndsAt: startedAt };
    const by = { recorder: 'baseline', mimeType: `video/${container}`, lease, sessionId, openedLate: false };
    await tx.takes.open({ id: takeId, answerId, interviewId, ...by, ...times });
    await tx.segments.open(takeId, 0, lease);
  });
  for (const [index, piece] of pieces.entries()) {
    const chunk = { segment: 0, index, sizeBytes: piece.length, sha256: sha256(piece) };
    const storageKey = storageKeys.chunk({ organisationId, takeId, ...chunk });
    await storage.put(storageKey, piece);
    const bounds = { at: startedAt, maxChunks: 3, maxBytes: 1_000 };
    await database.chunks.record(organisationId, takeId, { ...chunk, storageKey }, bounds);
  }
  const proof = { segments: [proofOf(pieces, container)], durationMs, verdict: 'complete' };
  if (!open)
    await database.inOrganisation(organisationId, (tx) =>
      tx.takes.finalise(takeId, { ...proof, state: 'finalised', at: startedAt }),
    );
  return takeId;
}

const proofOf = (pieces: Buffer[], container: 'mp4' | 'webm'): SegmentProof => ({
  ...{ number: 0, container, chunkCount: pieces.length, sha256: sha256(Buffer.concat(pieces)) },
  init: container === 'mp4' ? init : null,
  fragments: container === 'mp4' ? fragments.map((fragment) => ({ chunk: 0, ...fragment })) : null,
  sizeBytes: Buffer.concat(pieces).length,
  manifestSha256: sha256(Buffer.concat(pieces.map((piece) => Buffer.from(sha256(piece), 'hex')))),
});

/** Makes the take the answer and asks for what it needs, as the api does. */
async function keep(
  { database }: Tools,
  { organisationId }: Place,
  answerId: string,
  takeId: string,
  container: 'mp4' | 'webm',
): Promise<{ answerId: string; takeId: string }> {
  const plays = container === 'mp4';
  await database.inOrganisation(organisationId, async (tx) => {
    await tx.takes.keep(answerId, takeId);
    const before = (await tx.answers.find(answerId))!.generation;
    await tx.answers.keep(answerId, takeId, {
      state: plays ? 'playable' : 'processing',
      durationSeconds: plays ? durationMs / 1_000 : null,
      audioOnly: false,
    });
    // Generations are numbers without meaning; what is planted here names them 1 and 2.
    const generation = before + 1;
    await tx.em.query('UPDATE answer SET generation = $2 WHERE id = $1', [answerId, generation]);
    const payload = { organisationId, answerId, generation };
    await tx.outbox.add(plays ? 'finish-answer' : 'prepare-answer', payload);
  });
  return { answerId, takeId };
}

async function giveFinished(tools: Tools, place: Place, answerId: string): Promise<World['finished']> {
  const { organisationId } = place;
  const discardedTakeId = await record(tools, place, answerId, 'mp4');
  await keep(tools, place, answerId, discardedTakeId, 'mp4');
  const kept = await keep(tools, place, answerId, await record(tools, place, answerId, 'mp4'), 'mp4');
  const poster = await store(tools, storageKeys.asset({ ...place, answerId, generation: 2, name: 'poster' }));
  await tools.database.inOrganisation(organisationId, async (tx) => {
    await tx.media.addAsset(answerId, 2, 'poster', poster);
    await tx.answers.publish(answerId, 2, 'finished');
  });
  await endJobs(tools, answerId, 'done');
  return { ...kept, discardedTakeId, posterKey: poster.storageKey };
}

async function giveTranscoded(tools: Tools, place: Place, answerId: string): Promise<World['transcoded']> {
  const { organisationId } = place;
  const kept = await keep(tools, place, answerId, await record(tools, place, answerId, 'webm'), 'webm');
  const of = { organisationId, answerId, generation: 1 };
  const copy = await store(tools, storageKeys.rendition({ ...of, name: 'progressive.webm' }));
  const hls = await store(tools, storageKeys.rendition({ ...of, name: 'hls_720.mp4' }));
  await tools.database.inOrganisation(organisationId, async (tx) => {
    const file = { kind: 'progressive', mimeType: 'video/webm', init: null, fragments: null } as const;
    await tx.media.addRendition(answerId, 1, { ...described, ...file, ...copy });
    const list = { kind: 'hls_720', mimeType: 'video/mp4', init, fragments } as const;
    await tx.media.addRendition(answerId, 1, { ...described, ...list, ...hls });
    await tx.outbox.add('finish-answer', of);
    await tx.answers.publish(answerId, 1, 'finished', { durationSeconds: described.durationSeconds });
  });
  await endJobs(tools, answerId, 'done');
  return { ...kept, renditionKey: hls.storageKey };
}

async function giveFailed(tools: Tools, place: Place, answerId: string): Promise<World['failed']> {
  const kept = await keep(tools, place, answerId, await record(tools, place, answerId, 'webm'), 'webm');
  await tools.database.inOrganisation(place.organisationId, (tx) =>
    tx.answers.fail(answerId, 1, 'processing_failed'),
  );
  await endJobs(tools, answerId, 'dead');
  return kept;
}

async function keepResponse({ database }: Tools, place: Place, answerId: string, content: ResponseContent) {
  await database.inOrganisation(place.organisationId, async (tx) => {
    await tx.responses.save(answerId, 0, content, new Date());
    if (content.kind === 'file') await tx.files.keep(answerId, content.fileId);
    await tx.responses.keep(answerId, 1);
    await tx.answers.keep(answerId, null, { state: 'finished', durationSeconds: 10, audioOnly: false });
  });
}

async function giveText(tools: Tools, place: Place, answerId: string): Promise<World['written']> {
  await keepResponse(tools, place, answerId, { kind: 'text', text: 'Words' });
  return { answerId };
}

async function giveFile(tools: Tools, place: Place, answerId: string): Promise<World['filed']> {
  const { organisationId, interviewId } = place;
  const [fileId, openFileId] = [randomUUID(), randomUUID()];
  const [of, at] = [{ answerId, interviewId, name: 'work.pdf' }, new Date()];
  const whole = await store(tools, storageKeys.wholeFile({ organisationId, fileId }));
  const digest = 'a'.repeat(64);
  const piece = await store(
    tools,
    storageKeys.filePiece({ organisationId, fileId: openFileId, index: 0, sha256: digest }),
  );
  await tools.database.inOrganisation(organisationId, async (tx) => {
    await tx.files.open({ ...of, id: fileId, sizeBytes: whole.sizeBytes, at });
    await tx.files.receive(fileId, { ...whole, type: 'pdf', at });
    await tx.files.open({ ...of, id: openFileId, sizeBytes: 2_000_000, at });
    await tx.files.recordPiece(openFileId, { index: 0, ...piece });
  });
  await keepResponse(tools, place, answerId, { kind: 'file', fileId });
  return { answerId, fileId, fileKey: whole.storageKey, openFileId, pieceKey: piece.storageKey };
}

export async function store({ storage }: Pick<Tools, 'storage'>, storageKey: string): Promise<ObjectRow> {
  return { storageKey, ...(await storage.put(storageKey, Buffer.from(`object at ${storageKey}`))) };
}

const endJobs = ({ superuser }: Tools, answerId: string, state: 'done' | 'dead') =>
  superuser.query(
    `UPDATE outbox SET state = $2, attempts = 3, done_at = now(), last_error = 'unreadable'
      WHERE payload->>'answerId' = $1`,
    [answerId, state],
  );

const tables = [
  ...['interview', 'answer', 'take', 'segment', 'chunk', 'rendition', 'asset', 'outbox'],
  ...['response', 'file', 'file_piece'],
];

/** Remembers the rows of a world, so that a test may do to them what it likes. */
export async function saveRows(superuser: Client): Promise<void> {
  const copies = tables.map((table) => `CREATE TABLE saved."${table}" AS TABLE "${table}"`);
  await superuser.query(['CREATE SCHEMA saved', ...copies].join(';'));
}

/** Puts the remembered rows back in place of those there are; constraints are off meanwhile. */
export async function restoreRows(superuser: Client): Promise<void> {
  const copies = tables.map(
    (table) => `DELETE FROM "${table}"; INSERT INTO "${table}" SELECT * FROM saved."${table}"`,
  );
  await superuser.query(
    ['BEGIN', 'SET LOCAL session_replication_role = replica', ...copies, 'COMMIT'].join(';'),
  );
}
