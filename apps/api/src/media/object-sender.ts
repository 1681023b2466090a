import { pipeline } from 'node:stream/promises';
import { AppError } from '@fairtake/server-kit';
import type { Storage } from '@fairtake/storage';
import { Inject, Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { STORAGE } from '../infrastructure.module';
import { servedRange } from './byte-range';
import type { ServedObject } from './media-access.service';

/** Streams stored objects: faces and voices, so nothing on the way may keep a copy for others. */
@Injectable()
export class ObjectSender {
  constructor(@Inject(STORAGE) private readonly storage: Storage) {}

  async send(object: ServedObject, request: Request, response: Response): Promise<void> {
    const etag = `"${object.sha256}"`;
    const fresh = request.get('if-range') === undefined || request.get('if-range') === etag;
    const range = fresh ? servedRange(request.get('range'), object.sizeBytes) : null;
    if (range === 'unsatisfiable') {
      response.setHeader('Content-Range', `bytes */${object.sizeBytes}`);
      throw new AppError('range_not_satisfiable');
    }
    const head = request.method === 'HEAD';
    // Opened before the first header: an object that is missing is answered as a problem, not as half a video.
    const opened = head ? null : await this.storage.get(object.storageKey, range ?? undefined);
    response.set({
      'Content-Type': object.contentType,
      'Cache-Control': 'private, no-store',
      'Accept-Ranges': 'bytes',
      'Content-Disposition': 'inline',
      ETag: etag,
    });
    response.setHeader('Content-Length', range ? range.end - range.start + 1 : object.sizeBytes);
    if (range)
      response
        .status(206)
        .setHeader('Content-Range', `bytes ${range.start}-${range.end}/${object.sizeBytes}`);
    if (!opened) {
      response.end();
      return;
    }
    try {
      await pipeline(opened.stream, response);
    } catch (error) {
      // The player went away in mid-segment, as players do at every seek.
      if ((error as NodeJS.ErrnoException).code === 'ERR_STREAM_PREMATURE_CLOSE') return;
      // The headers are out, so the error filter can only log this and cut the connection: a store that fails in the
      // middle is seen by the operator, and no player takes half a segment for a whole one.
      throw error;
    }
  }
}
