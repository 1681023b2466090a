import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { Database, type ObjectRow } from '@fairtake/database';
import { storageKeys, type Storage } from '@fairtake/storage';
import { Inject, Injectable } from '@nestjs/common';
import { STORAGE } from '../infrastructure.module';
import type { AnswerJob } from './kept-answers';

/** Kind of object and what its name ends in. */
export interface OutputName {
  kind: 'rendition' | 'asset';
  /** Beginning of the name, `progressive` or `poster`. */
  name: string;
  /** `webm`, `mp4`, `jpg`. */
  extension: string;
  contentType: string;
}

/** Objects that jobs make. Rows publish them; an object without a row is reachable by nobody. */
@Injectable()
export class Outputs {
  constructor(
    @Inject(STORAGE) private readonly storage: Storage,
    private readonly database: Database,
  ) {}

  /**
   * Stores a file under a name of its own: two runs of one job never write the same object, so that whoever loses can
   * remove what it made without touching what was published.
   */
  async store(job: AnswerJob, filePath: string, output: OutputName): Promise<ObjectRow> {
    const name = `${output.name}-${randomBytes(8).toString('hex')}.${output.extension}`;
    const storageKey = storageKeys[output.kind]({ ...job, name });
    const stored = await this.storage.put(storageKey, createReadStream(filePath), {
      contentType: output.contentType,
    });
    return { storageKey, sizeBytes: stored.sizeBytes, sha256: stored.sha256 };
  }

  async discard(objects: readonly ObjectRow[]): Promise<void> {
    for (const { storageKey } of objects) await this.storage.delete(storageKey);
  }

  /** Removes what killed runs of a finished generation left: nothing more can be published for it. */
  async removeStrays(job: AnswerJob): Promise<void> {
    const named = await this.database.inOrganisation(job.organisationId, (tx) =>
      tx.media.storageKeys(job.answerId, job.generation),
    );
    const folders = [storageKeys.generationRenditionsFolder(job), storageKeys.generationAssetsFolder(job)];
    for (const folder of folders) {
      for await (const { key } of this.storage.list(folder)) {
        if (!named.includes(key)) await this.storage.delete(key);
      }
    }
  }
}
