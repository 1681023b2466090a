import { Check, Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { Member } from '../identity/member.entity';
import { Interview } from '../interview/interview.entity';

/** A member's advice about a candidate. */
@Entity('recommendation')
@Unique('uq_recommendation_member', ['organisationId', 'interviewId', 'memberId'])
@ForeignKey(() => Interview, ['organisationId', 'interviewId'], ['organisationId', 'id'], {
  name: 'fk_recommendation_interview_id',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Member, ['organisationId', 'memberId'], ['organisationId', 'id'], {
  name: 'fk_recommendation_member_id',
})
@Check('ck_recommendation_outcome', "outcome IN ('advance', 'hold', 'reject')")
export class Recommendation {
  @PrimaryColumn('uuid', { name: 'organisation_id', primaryKeyConstraintName: 'pk_recommendation' })
  organisationId!: string;

  @PrimaryColumn('uuid', { name: 'id', primaryKeyConstraintName: 'pk_recommendation' })
  id!: string;

  @Column('uuid', { name: 'interview_id' })
  interviewId!: string;

  @Column('uuid', { name: 'member_id' })
  memberId!: string;

  @Column('text', { name: 'outcome' })
  outcome!: 'advance' | 'hold' | 'reject';

  @Column('text', { name: 'text', nullable: true })
  text!: string | null;

  @Column('timestamp with time zone', { name: 'created_at', precision: 3, default: () => 'now()' })
  createdAt!: Date;
}
