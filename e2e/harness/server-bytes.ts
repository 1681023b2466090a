import fs from 'node:fs/promises';
import path from 'node:path';
import { Client } from 'pg';
import { sha256, type RecorderKind } from './recorded-bytes';
import type { System } from './system';

/** One segment as the server has it: what its row says, and the stored objects put together. */
export interface ServerSegment {
  /** Null until the take is finalised. */
  rowSha256: string | null;
  bytes: Buffer;
  objectsSha256: string;
}

export interface ServerTake {
  takeId: string;
  questionNumber: number;
  state: string;
  /** Which the page said it began with. */
  recorder: RecorderKind;
  mimeType: string;
  segments: ServerSegment[];
}

interface ChunkRow {
  takeId: string;
  questionNumber: number;
  state: string;
  /** Which the page said it began with. */
  recorder: RecorderKind;
  mimeType: string;
  segment: number;
  rowSha256: string | null;
  storageKey: string;
}

/** Reads with full rights: the truth of a test must not pass through the code it checks. */
export async function queryDatabase<Row>(
  system: System,
  sql: string,
  parameters: unknown[] = [],
): Promise<Row[]> {
  const client = new Client({ connectionString: system.databaseUrls.superuser });
  await client.connect();
  try {
    return (await client.query(sql, parameters)).rows as Row[];
  } finally {
    await client.end();
  }
}

/** Every take of an interview in the order of questions and tries, with its bytes. */
export async function serverTakes(system: System, interviewId: string): Promise<ServerTake[]> {
  const rows = await queryDatabase<ChunkRow>(
    system,
    `SELECT take.id AS "takeId", question.number AS "questionNumber", take.state, take.recorder, take.mime_type AS "mimeType",
            segment.number AS segment, segment.sha256 AS "rowSha256", chunk.storage_key AS "storageKey"
       FROM take
       JOIN answer ON answer.id = take.answer_id
       JOIN question ON question.id = answer.question_id
       JOIN segment ON segment.take_id = take.id
       JOIN chunk ON chunk.take_id = take.id AND chunk.segment = segment.number
      WHERE take.interview_id = $1
      ORDER BY question.number, take.number, segment.number, chunk.index`,
    [interviewId],
  );
  const takes = new Map<string, ServerTake>();
  const pieces = new Map<ServerSegment, Buffer[]>();
  for (const row of rows) {
    const { takeId, questionNumber, state, recorder, mimeType } = row;
    if (!takes.has(takeId))
      takes.set(takeId, { takeId, questionNumber, state, recorder, mimeType, segments: [] });
    const { segments } = takes.get(takeId)!;
    segments[row.segment] ??= { rowSha256: row.rowSha256, bytes: Buffer.alloc(0), objectsSha256: '' };
    const segment = segments[row.segment]!;
    const object = await fs.readFile(path.join(system.storageDirectory, row.storageKey));
    pieces.set(segment, [...(pieces.get(segment) ?? []), object]);
  }
  for (const [segment, objects] of pieces) {
    segment.bytes = Buffer.concat(objects);
    segment.objectsSha256 = sha256(segment.bytes);
  }
  return [...takes.values()];
}

/** How many chunks of an interview are durable. */
export async function durableChunks(system: System, interviewId: string): Promise<number> {
  const [row] = await queryDatabase<{ count: string }>(
    system,
    'SELECT count(*) FROM chunk JOIN take ON take.id = chunk.take_id WHERE take.interview_id = $1',
    [interviewId],
  );
  return Number(row?.count);
}
