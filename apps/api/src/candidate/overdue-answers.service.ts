import { Database, type InterviewRow, type TakeRow, type TenantContext } from '@fairtake/database';
import { answerFault, isRecorded, settingsOf } from '@fairtake/domain';
import { AppError } from '@fairtake/server-kit';
import { Injectable } from '@nestjs/common';
import { keepResponse } from '../responses/keep-response';
import { PlayablePartsService, type PlayableParts } from '../takes/playable-parts';
import { publishTake } from '../takes/publish-take';
import { recordFault } from '../takes/take-faults';
import { questionsFor } from './open-interview';

/** What was found among the recordings of an answer that nobody kept. */
export interface FoundTake {
  answerId: string;
  /** The one to keep; null when none plays. */
  take: TakeRow | null;
  /** What of it plays; null when it was received whole, or closed as a part before. */
  parts: PlayableParts | null;
  /** Recordings that were looked at and of which nothing plays. */
  empty: TakeRow[];
}

/**
 * What people gave counts, even if they did not get as far as keeping it (I10): when the time of an interview is over,
 * a question without an answer gets the words that were saved, or the best of its recordings.
 */
@Injectable()
export class OverdueAnswersService {
  constructor(
    private readonly database: Database,
    private readonly playableParts: PlayablePartsService,
  ) {}

  /** Looks for the best take of each unanswered question. Reads bytes, writes nothing. */
  async find(organisationId: string, interviewId: string): Promise<FoundTake[]> {
    const [answers, takes] = await this.database.inOrganisation(organisationId, async (tx) => [
      (await tx.answers.listOfInterview(interviewId)).filter((answer) => answer.keptAt === null),
      await tx.takes.listOfInterview(interviewId),
    ]);
    const found: FoundTake[] = [];
    for (const { id: answerId } of answers) {
      const own = takes.filter((take) => take.answerId === answerId);
      found.push({ answerId, ...(await this.best(organisationId, own)) });
    }
    return found;
  }

  /**
   * Keeps what was found, and words that were saved. The caller holds the interview's lock.
   *
   * @throws AppError state_conflict when a take is not any more what was looked at
   */
  async keep(
    tx: TenantContext,
    interview: InterviewRow,
    found: readonly FoundTake[],
    now: Date,
  ): Promise<void> {
    for (const { id, questionId, keptAt } of await tx.answers.listOfInterview(interview.id)) {
      if (keptAt !== null || (await this.keepDraft(tx, interview, { answerId: id, questionId }))) continue;
      const own = found.find((each) => each.answerId === id);
      if (own?.take) await this.keepTake(tx, own.take, own.parts, now);
      for (const take of own?.empty ?? []) await this.giveBack(tx, take, now);
    }
    await tx.interviews.freezeRubric(interview.positionId);
  }

  /** The last that was received whole, else the last closed as a part, else the last of which something plays. */
  private async best(
    organisationId: string,
    takes: readonly TakeRow[],
  ): Promise<Omit<FoundTake, 'answerId'>> {
    const empty: TakeRow[] = [];
    const closed = takes.filter((take) => take.state === 'finalised');
    const take = closed.findLast(({ verdict }) => verdict === 'complete') ?? closed.at(-1);
    if (take) return { take, parts: null, empty };
    const open = takes.filter(({ state, chunkCount }) => state === 'open' && chunkCount > 0);
    for (const each of open.reverse()) {
      const parts = await this.playableParts.find(organisationId, each, null);
      if (parts) return { take: each, parts, empty };
      empty.push(each);
    }
    return { take: null, parts: null, empty };
  }

  private async keepDraft(
    tx: TenantContext,
    interview: InterviewRow,
    { answerId, questionId }: { answerId: string; questionId: string },
  ): Promise<boolean> {
    const question = (await questionsFor(tx, interview)).find((each) => each.id === questionId);
    const response = await tx.responses.find(answerId);
    if (!question || !response || isRecorded(question.kind)) return false;
    if (answerFault(response.content, settingsOf(question))) return false;
    return keepResponse(tx, (await tx.answers.find(answerId))!, response);
  }

  private async keepTake(
    tx: TenantContext,
    take: TakeRow,
    parts: PlayableParts | null,
    now: Date,
  ): Promise<void> {
    const closed = parts === null || (await tx.takes.salvage(take.id, { ...parts, at: now }));
    if (!closed || !(await tx.takes.keep(take.answerId, take.id))) throw new AppError('state_conflict');
    await publishTake(tx, take);
  }

  /** Visibly, with evidence: the candidate and recruiters are told that nothing of it could be played. */
  private async giveBack(tx: TenantContext, take: TakeRow, now: Date): Promise<void> {
    if (!(await tx.takes.move(take.id, 'returned', 'no_media'))) return;
    await recordFault(tx, take, { reason: 'no_media', witness: { source: 'server' }, now });
  }
}
