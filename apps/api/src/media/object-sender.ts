import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError } from '@fairtake/server-kit';
import type { Storage } from '@fairtake/storage';
import { Inject, Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { attachment } from './content-disposition';
import { STORAGE } from '../infrastructure.module';
import { servedRange, type ServedRange } from './byte-range';
import type { ServedObject } from './media-access.service';

/** Bytes to send, and what players are told of them. */
export interface SentBytes {
  sizeBytes: number;
  sha256: string;
  contentType: string;
  /** Saved under this name instead of played. */
  downloadName?: string;
}

/** Streams stored objects: faces and voices, so nothing on the way may keep a copy for others. */
@Injectable()
export class ObjectSender {
  constructor(@Inject(STORAGE) private readonly storage: Storage) {}

  send(object: ServedObject, request: Request, response: Response): Promise<void> {
    const open = async (range: ServedRange | null): Promise<Readable> =>
      (await this.storage.get(object.storageKey, range ?? undefined)).stream;
    return this.sendFrom(object, open, request, response);
  }

  /** @param open gives the bytes of a range, or all of them for null; called once, and not for HEAD */
  async sendFrom(
    bytes: SentBytes,
    open: (range: ServedRange | null) => Promise<Readable>,
    request: Request,
    response: Response,
  ): Promise<void> {
    const etag = `"${bytes.sha256}"`;
    const fresh = request.get('if-range') === undefined || request.get('if-range') === etag;
    const range = fresh ? servedRange(request.get('range'), bytes.sizeBytes) : null;
    if (range === 'unsatisfiable') {
      response.setHeader('Content-Range', `bytes */${bytes.sizeBytes}`);
      throw new AppError('range_not_satisfiable');
    }
    const head = request.method === 'HEAD';
    // Opened before the first header: an object that is missing is answered as a problem, not as half a video.
    const stream = head ? null : await open(range);
    response.set({
      'Content-Type': bytes.contentType,
      'Cache-Control': 'private, no-store',
      'Accept-Ranges': 'bytes',
      'Content-Disposition': bytes.downloadName ? attachment(bytes.downloadName) : 'inline',
      ETag: etag,
    });
    response.setHeader('Content-Length', range ? range.end - range.start + 1 : bytes.sizeBytes);
    if (range)
      response.status(206).setHeader('Content-Range', `bytes ${range.start}-${range.end}/${bytes.sizeBytes}`);
    if (!stream) {
      response.end();
      return;
    }
    try {
      await pipeline(stream, response);
    } catch (error) {
      // The player went away in mid-segment, as players do at every seek.
      if ((error as NodeJS.ErrnoException).code === 'ERR_STREAM_PREMATURE_CLOSE') return;
      // The headers are out, so the error filter can only log this and cut the connection: a store that fails in the
      // middle is seen by the operator, and no player takes half a segment for a whole one.
      throw error;
    }
  }
}
