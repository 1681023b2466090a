import type { CompareQuery, Comparison } from '@fairtake/contracts';
import { Database, type PositionRow, type TenantContext } from '@fairtake/database';
import { shares } from '@fairtake/domain';
import { AppError } from '@fairtake/server-kit';
import { Injectable } from '@nestjs/common';
import type { MemberActor } from '../security/actors';
import { comparePane, matrixRow, type ComparedInterview } from './compare.mapper';

/** Puts answers to the same question, and everything reviewers scored, side by side. */
@Injectable()
export class CompareService {
  constructor(private readonly database: Database) {}

  compare(member: MemberActor, positionId: string, query: CompareQuery): Promise<Comparison> {
    return this.database.inOrganisation(member.organisationId, async (tx) => {
      const position = await tx.positions.find(positionId);
      if (!position) throw new AppError('not_found');
      const { criteria, questions } = position.draft;
      const questionId = query.question ?? questions[0]?.questionId;
      if (!questions.some((question) => question.questionId === questionId)) throw new AppError('not_found');
      const interviews = await this.interviews(tx, member, position, query.interviews);
      const weights = new Map(criteria.map((criterion) => [criterion.criterionId, criterion.weight]));
      const ofQuestion = criteria.filter((criterion) => criterion.questionIds.includes(questionId!));
      const share = shares(criteria.map((criterion) => criterion.weight));
      return {
        positionId,
        title: position.draft.title,
        questions: questions.map((question) => ({
          questionId: question.questionId,
          text: question.text,
          criterionIds: criteria
            .filter((criterion) => criterion.questionIds.includes(question.questionId))
            .map((criterion) => criterion.criterionId),
        })),
        questionId: questionId!,
        criteria: criteria.map((criterion, i) => ({
          criterionId: criterion.criterionId,
          name: criterion.name,
          share: share[i]!,
        })),
        panes: interviews.map((each) => comparePane(each, questionId!, ofQuestion)),
        matrix: interviews.map((each) => matrixRow(each, criteria, weights)),
      };
    });
  }

  /** Facts of the interviews in the order asked for. Scores are left out where the reader still owes a review. */
  private async interviews(
    tx: TenantContext,
    member: MemberActor,
    position: PositionRow,
    ids: readonly string[],
  ): Promise<ComparedInterview[]> {
    const owed = new Set(await tx.board.owedInterviews(member.memberId, ids));
    const scores = await tx.board.scores(ids.filter((id) => !owed.has(id)));
    const compared: ComparedInterview[] = [];
    for (const id of ids) {
      const interview = await tx.interviews.find(id);
      if (interview?.positionId !== position.id) throw new AppError('not_found');
      // Until the candidate has sent them, the answers are the candidate's alone.
      const answers = interview.submittedAt ? await tx.answers.listOfInterview(id) : [];
      const answerIds = answers.map((answer) => answer.id);
      const withheld = owed.has(id);
      compared.push({
        interview,
        answers,
        media: await tx.media.list(answerIds),
        scores: scores.filter((score) => score.interviewId === id),
        comments: withheld ? [] : await tx.board.comments(answerIds),
        withheld,
      });
    }
    return compared;
  }
}
