import { Readable } from 'node:stream';
import type { OwnTakeMedia } from '@fairtake/contracts';
import {
  Database,
  type ChunkRow,
  type ProvedSegmentRow,
  type TakeRow,
  type TenantContext,
} from '@fairtake/database';
import { AppError } from '@fairtake/server-kit';
import type { Storage } from '@fairtake/storage';
import { Inject, Injectable } from '@nestjs/common';
import { STORAGE } from '../infrastructure.module';
import type { ServedRange } from '../media/byte-range';
import type { SentBytes } from '../media/object-sender';
import type { CandidateActor } from '../security/actors';
import { isAudioOnly, piecesOf, playedType } from './own-recording';

interface OwnTake {
  take: TakeRow;
  segments: ProvedSegmentRow[];
}

export interface SegmentToSend extends SentBytes {
  chunks: ChunkRow[];
}

/**
 * A candidate's own recordings, from the moment the server holds one whole: before it was chosen, after a reload, on
 * another device, after sending. Who asks is looked at anew with every request.
 */
@Injectable()
export class OwnMediaService {
  constructor(
    private readonly database: Database,
    @Inject(STORAGE) private readonly storage: Storage,
  ) {}

  describe(candidate: CandidateActor, takeId: string): Promise<OwnTakeMedia> {
    return this.ofOwnTake(candidate, takeId, async (_tx, { take, segments }) => ({
      takeId,
      durationSeconds: (take.durationMs ?? 0) / 1000,
      audioOnly: isAudioOnly(segments),
      segments: segments.map((segment) => ({
        url: `/media/own/${candidate.interviewId}/takes/${takeId}/segments/${segment.number}`,
        mimeType: requireType(segment),
        sizeBytes: segment.sizeBytes,
      })),
    }));
  }

  segment(
    candidate: CandidateActor,
    takeId: string,
    number: number,
    download: boolean,
  ): Promise<SegmentToSend> {
    return this.ofOwnTake(candidate, takeId, async (tx, { take, segments }) => {
      const segment = segments.find((each) => each.number === number);
      if (!segment) throw new AppError('not_found');
      const contentType = requireType(segment);
      const chunks = (await tx.segments.chunks(takeId)).filter((chunk) => chunk.segment === number);
      const part = segments.length > 1 ? `-part-${number + 1}` : '';
      const name = `answer-try-${take.number}${part}.${contentType === 'video/mp4' ? 'mp4' : 'webm'}`;
      const { sizeBytes, sha256 } = segment;
      return { chunks, sizeBytes, sha256, contentType, ...(download ? { downloadName: name } : {}) };
    });
  }

  /** The bytes of a range over all chunks. The first object is opened at once, so that a missing one is told. */
  async open({ chunks, sizeBytes }: SegmentToSend, range: ServedRange | null): Promise<Readable> {
    const [first, ...rest] = piecesOf(chunks, range ?? { start: 0, end: sizeBytes - 1 });
    if (!first) throw new Error('A proved segment holds bytes');
    const read = async (piece: typeof first): Promise<Readable> =>
      (await this.storage.get(piece.storageKey, { start: piece.start, end: piece.end })).stream;
    const opened = await read(first);
    return Readable.from(
      (async function* () {
        yield* opened;
        for (const piece of rest) yield* await read(piece);
      })(),
      { objectMode: false },
    );
  }

  private ofOwnTake<Result>(
    candidate: CandidateActor,
    takeId: string,
    work: (tx: TenantContext, own: OwnTake) => Promise<Result>,
  ): Promise<Result> {
    return this.database.inOrganisation(
      candidate.organisationId,
      async (tx) => {
        const interview = await tx.interviews.find(candidate.interviewId);
        if (!interview || interview.state === 'withdrawn') throw new AppError('not_found');
        const take = await tx.takes.find(candidate.interviewId, takeId);
        if (!take || !heldWhole.has(take.state)) throw new AppError('not_found');
        const segments = await tx.segments.proved(takeId);
        return work(tx, { take, segments: segments.filter((segment) => playedType(segment) !== null) });
      },
      { readOnly: true },
    );
  }
}

const heldWhole: ReadonlySet<string> = new Set(['finalised', 'kept', 'discarded']);

const requireType = (segment: ProvedSegmentRow): 'video/mp4' | 'video/webm' => {
  const type = playedType(segment);
  if (type === null) throw new AppError('not_found');
  return type;
};
