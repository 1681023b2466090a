import { Organisation } from './identity/organisation.entity';
import { Account } from './identity/account.entity';
import { Member } from './identity/member.entity';
import { Session } from './identity/session.entity';
import { AccountLink } from './identity/account-link.entity';
import { Position } from './position/position.entity';
import { PositionReviewer } from './position/position-reviewer.entity';
import { Question } from './position/question.entity';
import { Rubric } from './position/rubric.entity';
import { Criterion } from './position/criterion.entity';
import { Anchor } from './position/anchor.entity';
import { QuestionCriterion } from './position/question-criterion.entity';
import { Candidate } from './interview/candidate.entity';
import { Interview } from './interview/interview.entity';
import { Invitation } from './interview/invitation.entity';
import { CandidateSession } from './interview/candidate-session.entity';
import { HandOffCode } from './interview/hand-off-code.entity';
import { DeviceLease } from './interview/device-lease.entity';
import { Notice } from './interview/notice.entity';
import { Consent } from './interview/consent.entity';
import { Adjustment } from './interview/adjustment.entity';
import { TimeRequest } from './interview/time-request.entity';
import { AdjustmentRequest } from './interview/adjustment-request.entity';
import { Answer } from './media/answer.entity';
import { Take } from './media/take.entity';
import { TakeFault } from './media/take-fault.entity';
import { Segment } from './media/segment.entity';
import { Chunk } from './media/chunk.entity';
import { Rendition } from './media/rendition.entity';
import { Asset } from './media/asset.entity';
import { Playback } from './media/playback.entity';
import { Probe } from './media/probe.entity';
import { ProbeChunk } from './media/probe-chunk.entity';
import { Response } from './response/response.entity';
import { File } from './response/file.entity';
import { FilePiece } from './response/file-piece.entity';
import { Round } from './review/round.entity';
import { Assignment } from './review/assignment.entity';
import { Review } from './review/review.entity';
import { Score } from './review/score.entity';
import { Comment } from './review/comment.entity';
import { Recommendation } from './review/recommendation.entity';
import { Decision } from './review/decision.entity';
import { Outbox } from './record/outbox.entity';
import { AuditEvent } from './record/audit-event.entity';
import { Erasure } from './record/erasure.entity';

/** Every table, in the order the first migration makes them. */
export const entities = [
  Organisation,
  Account,
  Member,
  Session,
  AccountLink,
  Position,
  PositionReviewer,
  Question,
  Rubric,
  Criterion,
  Anchor,
  QuestionCriterion,
  Candidate,
  Interview,
  Invitation,
  CandidateSession,
  HandOffCode,
  DeviceLease,
  Notice,
  Consent,
  Adjustment,
  TimeRequest,
  AdjustmentRequest,
  Answer,
  Take,
  TakeFault,
  Segment,
  Chunk,
  Rendition,
  Asset,
  Playback,
  Probe,
  ProbeChunk,
  Response,
  File,
  FilePiece,
  Round,
  Assignment,
  Review,
  Score,
  Comment,
  Recommendation,
  Decision,
  Outbox,
  AuditEvent,
  Erasure,
];

export {
  Organisation,
  Account,
  Member,
  Session,
  AccountLink,
  Position,
  PositionReviewer,
  Question,
  Rubric,
  Criterion,
  Anchor,
  QuestionCriterion,
  Candidate,
  Interview,
  Invitation,
  CandidateSession,
  HandOffCode,
  DeviceLease,
  Notice,
  Consent,
  Adjustment,
  TimeRequest,
  AdjustmentRequest,
  Answer,
  Take,
  TakeFault,
  Segment,
  Chunk,
  Rendition,
  Asset,
  Playback,
  Probe,
  ProbeChunk,
  Response,
  File,
  FilePiece,
  Round,
  Assignment,
  Review,
  Score,
  Comment,
  Recommendation,
  Decision,
  Outbox,
  AuditEvent,
  Erasure,
};
export type { MediaFragment, MediaInit, MediaTrack } from './media/media-index';
