import { Check, Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { Member } from '../identity/member.entity';
import { numeric } from '../transformers';
import { Interview } from './interview.entity';

/** Limits changed for one candidate. */
@Entity('adjustment')
@Unique('uq_adjustment_interview', ['organisationId', 'interviewId'])
@ForeignKey(() => Interview, ['organisationId', 'interviewId'], ['organisationId', 'id'], {
  name: 'fk_adjustment_interview_id',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Member, ['organisationId', 'grantedBy'], ['organisationId', 'id'], {
  name: 'fk_adjustment_granted_by',
})
@Check('ck_adjustment_state', "state IN ('asked', 'granted', 'declined')")
@Check(
  'ck_adjustment_factors',
  'answer_factor BETWEEN 1 AND 10 AND (think_factor IS NULL OR think_factor BETWEEN 1 AND 10)',
)
export class Adjustment {
  @PrimaryColumn('uuid', { name: 'organisation_id', primaryKeyConstraintName: 'pk_adjustment' })
  organisationId!: string;

  @PrimaryColumn('uuid', { name: 'id', primaryKeyConstraintName: 'pk_adjustment' })
  id!: string;

  @Column('uuid', { name: 'interview_id' })
  interviewId!: string;

  @Column('numeric', { name: 'think_factor', precision: 4, scale: 2, transformer: numeric, nullable: true })
  thinkFactor!: number | null;

  @Column('numeric', { name: 'answer_factor', precision: 4, scale: 2, transformer: numeric, default: 1 })
  answerFactor!: number;

  @Column('smallint', { name: 'extra_takes', default: 0 })
  extraTakes!: number;

  @Column('boolean', { name: 'audio_only', default: false })
  audioOnly!: boolean;

  @Column('boolean', { name: 'text_answers', default: false })
  textAnswers!: boolean;

  @Column('boolean', { name: 'questions_in_advance', default: false })
  questionsInAdvance!: boolean;

  @Column('boolean', { name: 'hide_countdown', default: false })
  hideCountdown!: boolean;

  @Column('boolean', { name: 'larger_text', default: false })
  largerText!: boolean;

  @Column('boolean', { name: 'reduced_motion', default: false })
  reducedMotion!: boolean;

  @Column('text', { name: 'state', default: 'asked' })
  state!: 'asked' | 'granted' | 'declined';

  @Column('timestamp with time zone', { name: 'asked_at', precision: 3, default: () => 'now()' })
  askedAt!: Date;

  @Column('timestamp with time zone', { name: 'granted_at', precision: 3, nullable: true })
  grantedAt!: Date | null;

  @Column('uuid', { name: 'granted_by', nullable: true })
  grantedBy!: string | null;
}
