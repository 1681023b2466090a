import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { readChunkBody } from '../takes/chunk-body';
import { Turns } from './turns';

/** Bodies have at most a mebibyte, so this is also what they may fill of memory. */
const bodiesMax = 256;
/** Recorders send six at once, and other pages of the same person may send beside them. */
export const bodiesOfInterviewMax = 12;
/** Connections that wait unread; what they have sent stays with their sender's network. */
const waitingOfInterviewMax = 100;

/** Bodies of raw bytes in memory at once, from the first byte read to the last byte stored. */
@Injectable()
export class BodyTurns {
  private readonly turns = new Turns({
    ...{ perKey: bodiesOfInterviewMax, total: bodiesMax, waitingPerKey: waitingOfInterviewMax },
  });

  /** Bodies in memory now. */
  get held(): number {
    return this.turns.atWork;
  }

  /**
   * Reads the body of a request and works with it. Before its turn nothing of it is read.
   *
   * @throws AppError too_many_requests, and what `readChunkBody` throws
   */
  async receive<T>(
    request: Request,
    { interviewId }: { interviewId: string },
    work: (body: Buffer) => Promise<T>,
  ): Promise<T> {
    const gone = new AbortController();
    const leave = (): void => gone.abort(new Error('the sender has gone'));
    request.once('close', leave);
    try {
      const turn = async (): Promise<T> => work(await readChunkBody(request));
      return await this.turns.run(interviewId, turn, gone.signal);
    } finally {
      request.off('close', leave);
    }
  }
}
