import { Injectable } from '@nestjs/common';
import { Turns } from './turns';

/** Readings back of whole recordings and files at once: each has a mebibyte in memory and keeps a disk busy. */
const worksMax = 16;
const worksOfInterviewMax = 2;
const waitingOfInterviewMax = 16;

/** Work that reads everything a recording or a file holds: done once at a time for the same request. */
@Injectable()
export class WorkTurns {
  private readonly turns = new Turns({
    ...{ perKey: worksOfInterviewMax, total: worksMax, waitingPerKey: waitingOfInterviewMax },
  });
  private readonly underWay = new Map<string, Promise<unknown>>();

  /**
   * Does the work, or waits for the same one that is under way and gives its outcome.
   *
   * @param what tells apart what would have different outcomes, within the interview
   * @throws AppError too_many_requests when too much of this interview is waiting
   */
  once<T>({ interviewId }: { interviewId: string }, what: string, work: () => Promise<T>): Promise<T> {
    const key = `${interviewId} ${what}`;
    const same = this.underWay.get(key) as Promise<T> | undefined;
    if (same) return same;
    const begun = this.turns.run(interviewId, work).finally(() => this.underWay.delete(key));
    this.underWay.set(key, begun);
    return begun;
  }
}
