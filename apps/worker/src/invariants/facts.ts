import type {
  ObjectRow,
  StoredAnswerRow,
  StoredAssetRow,
  StoredChunkRow,
  StoredFileRow,
  StoredRenditionRow,
  StoredSegmentRow,
  StoredTakeRow,
} from '@fairtake/database';

/** What storage has under the key of a row. */
export interface HeldObject {
  sizeBytes: number;
  /** Null when the bytes were not read. */
  sha256: string | null;
}

/** A row that names an object, and the object; null when storage has none. */
export type WithObject<Row> = Row & { object: HeldObject | null };

export interface SegmentFacts extends StoredSegmentRow {
  /** In the order of their indexes. */
  chunks: WithObject<StoredChunkRow>[];
  /** Of all its bytes in order; null when they were not read, or not all were there. */
  bytesSha256: string | null;
}

export interface TakeFacts extends StoredTakeRow {
  organisationId: string;
  /** In the order of their numbers. */
  segments: SegmentFacts[];
}

export interface FileFacts extends StoredFileRow {
  whole: WithObject<ObjectRow> | null;
  pieces: WithObject<StoredFileRow['pieces'][number]>[];
}

export interface AnswerFacts extends StoredAnswerRow {
  /** Of every generation; objects of older ones were not asked for. */
  renditions: WithObject<StoredRenditionRow>[];
  /** Of every generation; objects of older ones were not asked for. */
  assets: WithObject<StoredAssetRow>[];
}
