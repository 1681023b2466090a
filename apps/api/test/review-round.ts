import type { PositionView, ReviewBatch, ReviewQueue, SaveReview } from '@fairtake/contracts';
import type { HttpReply } from './http-client';
import { criterionDraft, questionDraft } from './position-draft';
import { RecruitingClient } from './recruiting-client';
import type { TestApp } from './test-app';
import type { OrganisationInWorld, Person } from './world';

/** A blind position whose first question two criteria score, with three reviewers; the recruiter is one of them. */
export class ReviewRound {
  /** Of the answer sent last. */
  answerId = '';
  interviewId = '';
  roundId = '';
  rubricId = '';
  private readonly sent = new Set<string>();

  private constructor(
    private readonly service: TestApp,
    private readonly people: OrganisationInWorld['people'],
    private readonly recruiter: RecruitingClient,
    /** The third criterion belongs to the second question. */
    readonly position: PositionView,
  ) {}

  static async open(service: TestApp, { people }: OrganisationInWorld): Promise<ReviewRound> {
    const recruiter = new RecruitingClient(service.http, [people.recruiter.cookie]);
    const questions = [questionDraft(), questionDraft({ required: false })];
    const [first, second] = questions.map((question) => question.questionId) as [string, string];
    const position = await recruiter.openPosition({
      ...{ questions, reviewersPerAnswer: 3, blind: true },
      criteria: [criterionDraft([first]), criterionDraft([first], { weight: 3 }), criterionDraft([second])],
      reviewerIds: [people.assigned, people.unassigned, people.recruiter].map((person) => person.memberId),
    });
    return new ReviewRound(service, people, recruiter, position);
  }

  /** One more candidate answers the first question and sends it; all three have to review it. */
  sendAnswer = async (): Promise<void> => {
    const { positionId } = this.position;
    const candidate = await this.recruiter.candidate(positionId, { name: 'Sam Secretname' });
    this.interviewId = candidate.interviewId;
    await candidate.answer(this.position.questions[0]!.questionId);
    await candidate.submit();
    const queue = (await this.get(this.people.assigned, '/api/v1/review/batches')).json<ReviewQueue>();
    this.roundId = queue.data.find((batch) => batch.positionId === positionId)!.roundId;
    const batch = (await this.get(this.people.assigned, this.batchPath)).json<ReviewBatch>();
    this.rubricId = batch.rubricId;
    this.answerId = batch.clips.map((clip) => clip.answerId).find((id) => !this.sent.has(id))!;
    this.sent.add(this.answerId);
  };

  get batchPath(): string {
    return `/api/v1/review/rounds/${this.roundId}/questions/${this.position.questions[0]!.questionId}`;
  }

  get path(): string {
    return `/api/v1/answers/${this.answerId}/review`;
  }

  get = (who: Person, url = this.path): Promise<HttpReply> =>
    this.service.http.get(url, { cookies: [who.cookie] });

  scoreOf = (index: number, over: object = {}) => ({
    criterionId: this.position.criteria[index]!.criterionId,
    ...{ level: 4, cannotRate: null, evidence: null, ...over },
  });

  /** A first draft with both criteria scored. */
  draft = (over: object = {}): SaveReview => ({
    ...{ rubricId: this.rubricId, version: 0, comments: [] },
    ...{ scores: [this.scoreOf(0), this.scoreOf(1)], ...over },
  });

  save = (who: Person, over: object = {}): Promise<HttpReply> =>
    this.service.http.put(this.path, { cookies: [who.cookie], body: this.draft(over) });

  submit = (who: Person, version = 1): Promise<HttpReply> =>
    this.service.http.post(`${this.path}/submit`, { cookies: [who.cookie], body: { version } });
}
