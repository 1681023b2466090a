import type { EntityManager } from 'typeorm';
import { AccountLinkRepository } from './repositories/account-link.repository';
import { AuditRepository } from './repositories/audit.repository';
import { MemberRepository } from './repositories/member.repository';
import { OutboxRepository } from './repositories/outbox.repository';
import { AdjustmentRepository } from './repositories/adjustment.repository';
import { TakeFaultRepository } from './repositories/take-fault.repository';
import { TimeRequestRepository } from './repositories/time-request.repository';
import { AnswerRepository } from './repositories/answer.repository';
import { CandidateDataRepository } from './repositories/candidate-data.repository';
import { DeviceRepository } from './repositories/device.repository';
import { IntegrityRepository } from './repositories/integrity.repository';
import { DeadlineRepository } from './repositories/deadline.repository';
import { InterviewRepository } from './repositories/interview.repository';
import { MediaRepository } from './repositories/media.repository';
import { PositionRepository } from './repositories/position.repository';
import { BoardRepository } from './repositories/board.repository';
import { InvitationRepository } from './repositories/invitation.repository';
import { ReviewRepository } from './repositories/review.repository';
import { RoundRepository } from './repositories/round.repository';
import { TakeRepository } from './repositories/take.repository';
import { ProbeRepository } from './repositories/probe.repository';
import { ResponseRepository } from './repositories/response.repository';
import { FileRepository } from './repositories/file.repository';
import { SegmentRepository } from './repositories/segment.repository';
import { SessionRepository } from './repositories/session.repository';

type Repository<T> = new (tx: TenantContext) => T;

/**
 * One open transaction inside one organisation, with the repositories that run in it. It dies with the transaction:
 * keep nothing of it. Await its queries one after the other, they share one connection.
 *
 * A new repository is a class in `repositories/` whose constructor takes this context, and one getter below.
 */
export class TenantContext {
  private readonly made = new Map<Repository<unknown>, unknown>();

  constructor(
    readonly organisationId: string,
    readonly em: EntityManager,
  ) {}

  get accountLinks(): AccountLinkRepository {
    return this.repository(AccountLinkRepository);
  }

  get audit(): AuditRepository {
    return this.repository(AuditRepository);
  }

  get members(): MemberRepository {
    return this.repository(MemberRepository);
  }

  get outbox(): OutboxRepository {
    return this.repository(OutboxRepository);
  }

  get sessions(): SessionRepository {
    return this.repository(SessionRepository);
  }

  get adjustments(): AdjustmentRepository {
    return this.repository(AdjustmentRepository);
  }

  get timeRequests(): TimeRequestRepository {
    return this.repository(TimeRequestRepository);
  }

  get takeFaults(): TakeFaultRepository {
    return this.repository(TakeFaultRepository);
  }

  get answers(): AnswerRepository {
    return this.repository(AnswerRepository);
  }

  get candidateData(): CandidateDataRepository {
    return this.repository(CandidateDataRepository);
  }

  get devices(): DeviceRepository {
    return this.repository(DeviceRepository);
  }

  get integrity(): IntegrityRepository {
    return this.repository(IntegrityRepository);
  }

  get interviews(): InterviewRepository {
    return this.repository(InterviewRepository);
  }

  get deadlines(): DeadlineRepository {
    return this.repository(DeadlineRepository);
  }

  get rounds(): RoundRepository {
    return this.repository(RoundRepository);
  }

  get takes(): TakeRepository {
    return this.repository(TakeRepository);
  }

  get probes(): ProbeRepository {
    return this.repository(ProbeRepository);
  }

  get responses(): ResponseRepository {
    return this.repository(ResponseRepository);
  }

  get files(): FileRepository {
    return this.repository(FileRepository);
  }

  get segments(): SegmentRepository {
    return this.repository(SegmentRepository);
  }

  get media(): MediaRepository {
    return this.repository(MediaRepository);
  }

  get positions(): PositionRepository {
    return this.repository(PositionRepository);
  }

  get board(): BoardRepository {
    return this.repository(BoardRepository);
  }

  get invitations(): InvitationRepository {
    return this.repository(InvitationRepository);
  }

  get reviews(): ReviewRepository {
    return this.repository(ReviewRepository);
  }

  private repository<T>(type: Repository<T>): T {
    const existing = this.made.get(type);
    if (existing) return existing as T;
    const created = new type(this);
    this.made.set(type, created);
    return created;
  }
}
