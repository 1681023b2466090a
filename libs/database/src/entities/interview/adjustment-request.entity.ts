import type { AdjustmentChoice } from '@fairtake/contracts';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Member } from '../identity/member.entity';
import { Interview } from './interview.entity';

/** A candidate asking for adjustments that a recruiter has to grant; the deadline stands still until then. */
@Entity('adjustment_request')
@ForeignKey(() => Interview, ['organisationId', 'interviewId'], ['organisationId', 'id'], {
  name: 'fk_adjustment_request_interview_id',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Member, ['organisationId', 'decidedBy'], ['organisationId', 'id'], {
  name: 'fk_adjustment_request_decided_by',
})
@Check('ck_adjustment_request_state', "state IN ('asked', 'granted', 'declined', 'withdrawn')")
@Check('ck_adjustment_request_decided', "(state = 'asked') = (decided_at IS NULL)")
@Index('ix_adjustment_request_interview', ['organisationId', 'interviewId'])
@Index('uq_adjustment_request_open', ['organisationId', 'interviewId'], {
  unique: true,
  where: "state = 'asked'",
})
export class AdjustmentRequest {
  @PrimaryColumn('uuid', { name: 'organisation_id', primaryKeyConstraintName: 'pk_adjustment_request' })
  organisationId!: string;

  @PrimaryColumn('uuid', { name: 'id', primaryKeyConstraintName: 'pk_adjustment_request' })
  id!: string;

  @Column('uuid', { name: 'interview_id' })
  interviewId!: string;

  @Column('text', { name: 'state', default: 'asked' })
  state!: 'asked' | 'granted' | 'declined' | 'withdrawn';

  @Column('jsonb', { name: 'wanted' })
  wanted!: AdjustmentChoice;

  @Column('jsonb', { name: 'granted', nullable: true })
  granted!: AdjustmentChoice | null;

  @Column('timestamp with time zone', { name: 'asked_at', precision: 3 })
  askedAt!: Date;

  /** From here on the deadline stands still; later than `askedAt` when a new deadline was set meanwhile. */
  @Column('timestamp with time zone', { name: 'paused_from', precision: 3 })
  pausedFrom!: Date;

  @Column('timestamp with time zone', { name: 'decided_at', precision: 3, nullable: true })
  decidedAt!: Date | null;

  @Column('uuid', { name: 'decided_by', nullable: true })
  decidedBy!: string | null;
}
