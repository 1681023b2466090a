import type { MediaFailure, MediaState } from '@fairtake/contracts';
import { Check, Column, Entity, ForeignKey, PrimaryColumn, Unique, Index } from 'typeorm';
import { Interview } from '../interview/interview.entity';
import { Question } from '../position/question.entity';
import { Take } from './take.entity';

/** What a candidate gave to one question; `generation` fences every processing result; it grows, and counts nothing. */
@Entity('answer')
@Index('ix_answer_question', ['organisationId', 'questionId'])
@Unique('uq_answer_question', ['organisationId', 'interviewId', 'questionId'])
@ForeignKey(() => Interview, ['organisationId', 'interviewId'], ['organisationId', 'id'], {
  name: 'fk_answer_interview_id',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Question, ['organisationId', 'questionId'], ['organisationId', 'id'], {
  name: 'fk_answer_question_id',
})
@ForeignKey(() => Take, ['organisationId', 'keptTakeId'], ['organisationId', 'id'], {
  name: 'fk_answer_kept_take_id',
})
@Check('ck_answer_media_state', "media_state IN ('none', 'processing', 'playable', 'finished', 'failed')")
@Check('ck_answer_failure', "(media_state = 'failed') = (media_failure IS NOT NULL)")
@Check('ck_answer_kept', 'kept_take_id IS NULL OR kept_at IS NOT NULL')
export class Answer {
  @PrimaryColumn('uuid', { name: 'organisation_id', primaryKeyConstraintName: 'pk_answer' })
  organisationId!: string;

  @PrimaryColumn('uuid', { name: 'id', primaryKeyConstraintName: 'pk_answer' })
  id!: string;

  @Column('uuid', { name: 'interview_id' })
  interviewId!: string;

  @Column('uuid', { name: 'question_id' })
  questionId!: string;

  @Column('timestamp with time zone', { name: 'think_started_at', precision: 3, default: () => 'now()' })
  thinkStartedAt!: Date;

  @Column('uuid', { name: 'kept_take_id', nullable: true })
  keptTakeId!: string | null;

  @Column('timestamp with time zone', { name: 'kept_at', precision: 3, nullable: true })
  keptAt!: Date | null;

  @Column('integer', { name: 'generation', default: 0 })
  generation!: number;

  @Column('text', { name: 'media_state', default: 'none' })
  mediaState!: MediaState;

  @Column('text', { name: 'media_failure', nullable: true })
  mediaFailure!: MediaFailure | null;

  @Column('boolean', { name: 'media_flagged', default: false })
  mediaFlagged!: boolean;

  @Column('boolean', { name: 'audio_only', default: false })
  audioOnly!: boolean;

  @Column('double precision', { name: 'duration_seconds', nullable: true })
  durationSeconds!: number | null;

  /** Seconds that are missing of the kept take; null for a whole one. */
  @Column('double precision', { name: 'missing_seconds', nullable: true })
  missingSeconds!: number | null;

  @Column('timestamp with time zone', { name: 'playable_at', precision: 3, nullable: true })
  playableAt!: Date | null;

  @Column('timestamp with time zone', { name: 'finished_at', precision: 3, nullable: true })
  finishedAt!: Date | null;

  @Column('timestamp with time zone', { name: 'erased_at', precision: 3, nullable: true })
  erasedAt!: Date | null;
}
