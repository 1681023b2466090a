import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import path from 'node:path';
import type { Container } from '@fairtake/media';
import { PermanentJobError } from '@fairtake/queue';
import type { Storage } from '@fairtake/storage';
import { Inject, Injectable } from '@nestjs/common';
import { STORAGE } from '../infrastructure.module';
import type { KeptSegment } from './kept-answers';

/** One recorder start as a file of the job directory. */
export interface RecordedFile {
  inputPath: string;
  container: Container;
}

/** The store gave back other bytes than it acknowledged: never expected, always loud. */
export class StoredBytesDiffer extends Error {
  override readonly name = 'StoredBytesDiffer';
}

/** Brings recordings from the store into a job directory. */
@Injectable()
export class RecordingFiles {
  constructor(@Inject(STORAGE) private readonly storage: Storage) {}

  /**
   * Writes every segment to a file, proving each chunk and the whole on the way. Memory stays at one chunk.
   *
   * @returns one file per segment, in order
   * @throws StoredBytesDiffer; PermanentJobError for bytes that are no recording; errors of the store
   */
  async assemble(
    segments: readonly KeptSegment[],
    jobDirectory: string,
    signal: AbortSignal,
  ): Promise<RecordedFile[]> {
    const files: RecordedFile[] = [];
    for (const segment of segments) {
      const { container } = segment;
      if (container === null)
        throw new PermanentJobError('unreadable', 'The bytes are neither MP4 nor WebM.');
      const inputPath = path.join(jobDirectory, `segment-${segment.number}.${container}`);
      await this.write(segment, inputPath, signal);
      files.push({ inputPath, container });
    }
    if (files.length === 0) throw new PermanentJobError('no_media', 'The take has no segments.');
    return files;
  }

  private async write(segment: KeptSegment, filePath: string, signal: AbortSignal): Promise<void> {
    const whole = createHash('sha256');
    const file = await open(filePath, 'wx', 0o600);
    try {
      for (const chunk of segment.chunks) {
        signal.throwIfAborted();
        const bytes = await this.storage.read(chunk.storageKey);
        const sha256 = createHash('sha256').update(bytes).digest('hex');
        if (sha256 !== chunk.sha256)
          throw new StoredBytesDiffer(`Chunk ${chunk.storageKey} is not what came in.`);
        whole.update(bytes);
        await file.writeFile(bytes);
      }
    } finally {
      await file.close();
    }
    if (whole.digest('hex') !== segment.sha256) {
      throw new StoredBytesDiffer(`Segment ${segment.number} is not what was finalised.`);
    }
  }
}
