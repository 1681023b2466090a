import { isDeepStrictEqual } from 'node:util';
import type { CandidateAnswer, ResponseContent, ResponseView } from '@fairtake/contracts';
import { Database, type AnswerRow, type ResponseRow, type TenantContext } from '@fairtake/database';
import { answerFault, draftFault, isRecorded, mayStartTake, settingsOf } from '@fairtake/domain';
import { AppError } from '@fairtake/server-kit';
import { Injectable } from '@nestjs/common';
import { candidateAnswer } from '../candidate/candidate-answer.mapper';
import { requireLate } from '../candidate/contacts';
import { questionsFor } from '../candidate/open-interview';
import { submitInterview } from '../candidate/submit-interview';
import { Clock } from '../infrastructure.module';
import type { CandidateActor } from '../security/actors';
import { keepResponse } from './keep-response';
import { requireOpenResponse } from './open-response';
import { responseView } from './response.mapper';

/** What a candidate writes, chooses or sends: saved as it comes, the answer once the candidate says so. */
@Injectable()
export class ResponsesService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Also after sending: the words stay the candidate's own. */
  show(candidate: CandidateActor, questionId: string): Promise<ResponseView> {
    return this.database.inOrganisation(candidate.organisationId, async (tx) => {
      const answers = await tx.answers.listOfInterview(candidate.interviewId);
      const answer = answers.find((one) => one.questionId === questionId);
      if (answer) return this.view(tx, answer, await tx.responses.find(answer.id));
      // Asked beside the opening of the question: nothing was saved yet.
      await this.requireQuestion(tx, candidate.interviewId, questionId);
      return responseView(questionId, null, null);
    });
  }

  /**
   * Saves a draft behind the revision the page saw last, so that two devices never overwrite each other in silence.
   * The same draft again, its reply lost on the way, changes nothing.
   *
   * @param revision from `If-Match`; 0 for the first
   */
  save(
    candidate: CandidateActor,
    questionId: string,
    revision: number,
    content: ResponseContent,
  ): Promise<ResponseView> {
    return this.database.inOrganisation(candidate.organisationId, async (tx) => {
      const now = this.clock.now();
      const { interview, question, answer } = await requireOpenResponse(tx, candidate, questionId, now);
      // A file was announced in time and may travel as long as a recording; words are written while it is time.
      if (content.kind !== 'file' && !mayStartTake(now.getTime(), question.deadlineAt))
        await requireLate(tx, candidate, { interview, question, now });
      const fault = draftFault(content, settingsOf(question));
      if (fault) throw new AppError('body_invalid', { errors: [{ pointer: '/content', detail: fault }] });
      if (content.kind === 'file') await this.requireFile(tx, answer, content.fileId);
      const before = await tx.responses.find(answer.id);
      if (before && isDeepStrictEqual(before.content, content)) return this.view(tx, answer, before);
      const saved = await tx.responses.save(answer.id, revision, content, now);
      if (!saved) throw new AppError('edit_conflict');
      return this.view(tx, answer, saved);
    });
  }

  /** Makes a saved revision the answer; when it was the last one of an automatic position, sends all. */
  keep(candidate: CandidateActor, questionId: string, revision: number): Promise<CandidateAnswer> {
    return this.database.inOrganisation(candidate.organisationId, async (tx) => {
      await tx.interviews.lock(candidate.interviewId);
      const repeated = await this.keptBefore(tx, candidate, questionId, revision);
      // The same request again, maybe after the interview was sent by it.
      if (repeated) return this.answerOf(tx, repeated);
      const now = this.clock.now();
      const { interview, question, answer } = await requireOpenResponse(tx, candidate, questionId, now);
      const response = await tx.responses.find(answer.id);
      if (response && response.revision !== revision) throw new AppError('edit_conflict');
      const fault = response ? answerFault(response.content, settingsOf(question)) : 'empty';
      if (!response || fault)
        throw new AppError('response_missing', { errors: [{ pointer: '/content', detail: fault! }] });
      if (!(await keepResponse(tx, answer, response))) throw new AppError('file_not_received');
      await tx.interviews.freezeRubric(interview.positionId);
      if (interview.autoSubmit) await submitInterview(tx, interview, now, 'last_answer');
      return this.answerOf(tx, (await tx.answers.find(answer.id))!);
    });
  }

  /** A question that is answered in words by adjustment may have been tried with a camera before. */
  private async answerOf(tx: TenantContext, answer: AnswerRow): Promise<CandidateAnswer> {
    return candidateAnswer(answer, {
      takes: await tx.takes.listOfInterview(answer.interviewId),
      faults: await tx.takeFaults.listOfInterview(answer.interviewId),
      now: this.clock.now(),
    });
  }

  private async keptBefore(
    tx: TenantContext,
    { interviewId }: CandidateActor,
    questionId: string,
    revision: number,
  ): Promise<AnswerRow | null> {
    const answers = await tx.answers.listOfInterview(interviewId);
    const answer = answers.find((one) => one.questionId === questionId);
    const response = answer && (await tx.responses.find(answer.id));
    return response?.keptRevision === revision ? answer! : null;
  }

  private async requireQuestion(tx: TenantContext, interviewId: string, questionId: string): Promise<void> {
    const interview = await tx.interviews.find(interviewId);
    const questions = interview ? await questionsFor(tx, interview) : [];
    const question = questions.find((one) => one.id === questionId);
    if (!question || isRecorded(question.kind)) throw new AppError('not_found');
  }

  private async requireFile(tx: TenantContext, answer: AnswerRow, fileId: string): Promise<void> {
    const file = await tx.files.find(answer.interviewId, fileId);
    if (file?.answerId !== answer.id) throw new AppError('not_found');
    if (file.state === 'open') throw new AppError('file_not_received');
  }

  private async view(
    tx: TenantContext,
    answer: AnswerRow,
    response: ResponseRow | null,
  ): Promise<ResponseView> {
    const content = response?.content;
    const file = content?.kind === 'file' ? await tx.files.find(answer.interviewId, content.fileId) : null;
    return responseView(answer.questionId, response, file);
  }
}
