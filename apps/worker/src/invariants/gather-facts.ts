import { createHash } from 'node:crypto';
import type { Database, ObjectRow, Page, StoredChunkRow, StoredSegmentRow } from '@fairtake/database';
import type { AnswerFacts, FileFacts, SegmentFacts, TakeFacts, WithObject } from './facts';
import type { HeldObjects } from './held-objects';

/** Small enough that a page of the longest recordings fits in memory (20 × 4,000 chunk rows). */
export const pageSize = 20;
/** Against the round trips of a store that is far away. */
const lookedAtOnce = 8;

/** A page of takes: rows first, in one short transaction, then storage. */
export async function gatherTakes(
  database: Database,
  objects: HeldObjects,
  organisationId: string,
  page: Page,
): Promise<TakeFacts[]> {
  const rows = await database.inOrganisation(
    organisationId,
    async ({ integrity }) => {
      const takes = await integrity.takes(page);
      const ids = takes.map((take) => take.id);
      return { takes, segments: await integrity.segments(ids), chunks: await integrity.chunks(ids) };
    },
    { readOnly: true },
  );
  const chunksOf = grouped(rows.chunks, (chunk) => `${chunk.takeId} ${chunk.segment}`);
  const segments: SegmentFacts[] = [];
  for (const segment of rows.segments)
    segments.push(
      await gatherSegment(segment, chunksOf.get(`${segment.takeId} ${segment.number}`) ?? [], objects),
    );
  const segmentsOf = grouped(segments, (segment) => segment.takeId);
  return rows.takes.map((take) => ({ ...take, organisationId, segments: segmentsOf.get(take.id) ?? [] }));
}

/** A page of answers: rows first, in one short transaction, then storage. */
export async function gatherAnswers(
  database: Database,
  objects: HeldObjects,
  organisationId: string,
  page: Page,
): Promise<AnswerFacts[]> {
  const rows = await database.inOrganisation(
    organisationId,
    async ({ integrity }) => {
      const answers = await integrity.answers(page);
      const ids = answers.map((answer) => answer.id);
      return {
        answers,
        renditions: await integrity.renditions(ids),
        assets: await integrity.assets(ids),
      };
    },
    { readOnly: true },
  );
  const present = new Map(rows.answers.map((answer) => [answer.id, answer.generation]));
  const look = async <Row extends ObjectRow & { answerId: string; generation: number }>(row: Row) =>
    present.get(row.answerId) === row.generation ? lookAt(row, objects) : { ...row, object: null };
  const renditionsOf = grouped(await inTurns(rows.renditions, look), (row) => row.answerId);
  const assetsOf = grouped(await inTurns(rows.assets, look), (row) => row.answerId);
  return rows.answers.map((answer) => ({
    ...answer,
    renditions: renditionsOf.get(answer.id) ?? [],
    assets: assetsOf.get(answer.id) ?? [],
  }));
}

/** A page of candidates' files: rows first, then storage. */
export async function gatherFiles(
  database: Database,
  objects: HeldObjects,
  organisationId: string,
  page: Page,
): Promise<FileFacts[]> {
  const rows = await database.inOrganisation(organisationId, (tx) => tx.integrity.files(page), {
    readOnly: true,
  });
  return inTurns(rows, async ({ id, whole, pieces }) => ({
    id,
    whole: whole && (await lookAt(whole, objects)),
    pieces: await inTurns(pieces, (piece) => lookAt(piece, objects)),
  }));
}

async function gatherSegment(
  segment: StoredSegmentRow,
  rows: readonly StoredChunkRow[],
  objects: HeldObjects,
): Promise<SegmentFacts> {
  if (!objects.deep) {
    const chunks = await inTurns(rows, (row) => lookAt(row, objects));
    return { ...segment, chunks, bytesSha256: null };
  }
  const whole = createHash('sha256');
  const chunks: WithObject<StoredChunkRow>[] = [];
  for (const row of rows) chunks.push({ ...row, object: await objects.look(row.storageKey, whole) });
  const complete = chunks.every((chunk) => chunk.object !== null);
  return { ...segment, chunks, bytesSha256: complete ? whole.digest('hex') : null };
}

const lookAt = async <Row extends ObjectRow>(row: Row, objects: HeldObjects): Promise<WithObject<Row>> => ({
  ...row,
  object: await objects.look(row.storageKey),
});

async function inTurns<From, To>(items: readonly From[], work: (item: From) => Promise<To>): Promise<To[]> {
  const results: To[] = [];
  for (let start = 0; start < items.length; start += lookedAtOnce)
    results.push(...(await Promise.all(items.slice(start, start + lookedAtOnce).map(work))));
  return results;
}

function grouped<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return groups;
}
