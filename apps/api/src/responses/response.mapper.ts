import type { ResponseView } from '@fairtake/contracts';
import type { FileRow, ResponseRow } from '@fairtake/database';

/** @param file the one the draft names */
export function responseView(
  questionId: string,
  response: ResponseRow | null,
  file: FileRow | null,
): ResponseView {
  return {
    questionId,
    revision: response?.revision ?? 0,
    savedAt: response?.savedAt.toISOString() ?? null,
    content: response?.content ?? null,
    file: file?.type
      ? { fileId: file.id, name: file.name, sizeBytes: file.sizeBytes, type: file.type }
      : null,
    keptRevision: response?.keptRevision ?? null,
  };
}
