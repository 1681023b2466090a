import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { Member } from '../identity/member.entity';
import { Answer } from '../media/answer.entity';
import { Rubric } from '../position/rubric.entity';
import { Round } from './round.entity';

/** A member's judgement of an answer. */
@Entity('review')
@Unique('uq_review_member', ['organisationId', 'roundId', 'answerId', 'memberId'])
@ForeignKey(() => Round, ['organisationId', 'roundId'], ['organisationId', 'id'], {
  name: 'fk_review_round_id',
})
@ForeignKey(() => Answer, ['organisationId', 'answerId'], ['organisationId', 'id'], {
  name: 'fk_review_answer_id',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Member, ['organisationId', 'memberId'], ['organisationId', 'id'], {
  name: 'fk_review_member_id',
})
@ForeignKey(() => Rubric, ['organisationId', 'rubricId'], ['organisationId', 'id'], {
  name: 'fk_review_rubric_id',
})
@Check('ck_review_state', "state IN ('draft', 'submitted')")
@Index('ix_review_answer', ['organisationId', 'answerId'])
export class Review {
  @PrimaryColumn('uuid', { name: 'organisation_id', primaryKeyConstraintName: 'pk_review' })
  organisationId!: string;

  @PrimaryColumn('uuid', { name: 'id', primaryKeyConstraintName: 'pk_review' })
  id!: string;

  @Column('uuid', { name: 'round_id' })
  roundId!: string;

  @Column('uuid', { name: 'answer_id' })
  answerId!: string;

  @Column('uuid', { name: 'member_id' })
  memberId!: string;

  @Column('uuid', { name: 'rubric_id' })
  rubricId!: string;

  @Column('text', { name: 'state', default: 'draft' })
  state!: 'draft' | 'submitted';

  @Column('integer', { name: 'version', default: 1 })
  version!: number;

  @Column('timestamp with time zone', { name: 'created_at', precision: 3, default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamp with time zone', { name: 'updated_at', precision: 3, default: () => 'now()' })
  updatedAt!: Date;

  @Column('timestamp with time zone', { name: 'submitted_at', precision: 3, nullable: true })
  submittedAt!: Date | null;
}
