import type { AdjustmentKind, AdjustmentPolicy, LocalizedText, PositionState } from '@fairtake/contracts';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Member } from '../identity/member.entity';
import { Organisation } from '../identity/organisation.entity';

/** An opening candidates are invited to. */
@Entity('position')
@ForeignKey(() => Organisation, ['organisationId'], ['id'], { name: 'fk_position_organisation' })
@ForeignKey(() => Member, ['organisationId', 'ownerMemberId'], ['organisationId', 'id'], {
  name: 'fk_position_owner_member_id',
})
@Check('ck_position_state', "state IN ('draft', 'open', 'closed')")
@Check('ck_position_adjustment_policy', "adjustment_policy IN ('self_service', 'ask')")
@Index('ix_position_created', ['organisationId', 'createdAt', 'id'])
export class Position {
  @PrimaryColumn('uuid', { name: 'organisation_id', primaryKeyConstraintName: 'pk_position' })
  organisationId!: string;

  @PrimaryColumn('uuid', { name: 'id', primaryKeyConstraintName: 'pk_position' })
  id!: string;

  @Column('jsonb', { name: 'title' })
  title!: LocalizedText;

  @Column('text', { name: 'languages', array: true })
  languages!: string[];

  @Column('text', { name: 'state', default: 'draft' })
  state!: PositionState;

  @Column('timestamp with time zone', { name: 'deadline_at', precision: 3, nullable: true })
  deadlineAt!: Date | null;

  @Column('text', { name: 'time_zone', default: 'UTC' })
  timeZone!: string;

  @Column('boolean', { name: 'blind', default: true })
  blind!: boolean;

  @Column('boolean', { name: 'auto_submit', default: false })
  autoSubmit!: boolean;

  @Column('text', { name: 'adjustment_policy', default: 'self_service' })
  adjustmentPolicy!: AdjustmentPolicy;

  @Column('text', {
    name: 'adjustment_kinds',
    array: true,
    default: '{think_time,answer_time,extra_takes,audio_only,text_answers,questions_in_advance}',
  })
  adjustmentKinds!: AdjustmentKind[];

  @Column('smallint', { name: 'reviewers_per_answer', default: 2 })
  reviewersPerAnswer!: number;

  @Column('smallint', { name: 'reply_working_days', default: 3 })
  replyWorkingDays!: number;

  @Column('smallint', { name: 'retention_days', default: 180 })
  retentionDays!: number;

  @Column('uuid', { name: 'owner_member_id' })
  ownerMemberId!: string;

  @Column('integer', { name: 'version', default: 1 })
  version!: number;

  @Column('integer', { name: 'next_pseudonym', default: 1 })
  nextPseudonym!: number;

  @Column('timestamp with time zone', { name: 'created_at', precision: 3, default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamp with time zone', { name: 'published_at', precision: 3, nullable: true })
  publishedAt!: Date | null;

  @Column('timestamp with time zone', { name: 'closed_at', precision: 3, nullable: true })
  closedAt!: Date | null;
}
