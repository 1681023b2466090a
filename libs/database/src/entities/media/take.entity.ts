import type { TakeState } from '@fairtake/contracts';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { Interview } from '../interview/interview.entity';
import { bigint } from '../transformers';
import { Answer } from './answer.entity';

/** One recording attempt of an answer. */
@Entity('take')
@Unique('uq_take_number', ['organisationId', 'answerId', 'number'])
@ForeignKey(() => Answer, ['organisationId', 'answerId'], ['organisationId', 'id'], {
  name: 'fk_take_answer_id',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Interview, ['organisationId', 'interviewId'], ['organisationId', 'id'], {
  name: 'fk_take_interview_id',
  onDelete: 'CASCADE',
})
@Check('ck_take_recorder', "recorder IN ('baseline', 'enhanced')")
@Check('ck_take_state', "state IN ('open', 'finalised', 'kept', 'discarded', 'returned')")
@Check('ck_take_verdict', "verdict IN ('complete', 'partial', 'too_short', 'no_media')")
@Index('ix_take_interview', ['organisationId', 'interviewId'])
export class Take {
  @PrimaryColumn('uuid', { name: 'organisation_id', primaryKeyConstraintName: 'pk_take' })
  organisationId!: string;

  @PrimaryColumn('uuid', { name: 'id', primaryKeyConstraintName: 'pk_take' })
  id!: string;

  @Column('uuid', { name: 'answer_id' })
  answerId!: string;

  @Column('uuid', { name: 'interview_id' })
  interviewId!: string;

  @Column('smallint', { name: 'number' })
  number!: number;

  @Column('text', { name: 'recorder' })
  recorder!: 'baseline' | 'enhanced';

  @Column('text', { name: 'mime_type' })
  mimeType!: string;

  @Column('text', { name: 'state', default: 'open' })
  state!: TakeState;

  @Column('uuid', { name: 'lease' })
  lease!: string;

  @Column('uuid', { name: 'lease_session_id' })
  leaseSessionId!: string;

  @Column('timestamp with time zone', { name: 'leased_at', precision: 3, default: () => 'now()' })
  leasedAt!: Date;

  @Column('smallint', { name: 'next_segment', default: 0 })
  nextSegment!: number;

  @Column('timestamp with time zone', { name: 'started_at', precision: 3, default: () => 'now()' })
  startedAt!: Date;

  @Column('timestamp with time zone', { name: 'recording_ends_at', precision: 3 })
  recordingEndsAt!: Date;

  @Column('integer', { name: 'duration_ms', nullable: true })
  durationMs!: number | null;

  @Column('bigint', { name: 'size_bytes', transformer: bigint, default: 0 })
  sizeBytes!: number;

  @Column('integer', { name: 'chunk_count', default: 0 })
  chunkCount!: number;

  @Column('text', { name: 'verdict', nullable: true })
  verdict!: 'complete' | 'partial' | 'too_short' | 'no_media' | null;

  @Column('text', { name: 'return_reason', nullable: true })
  returnReason!: string | null;

  /** Opened after the deadline by a page that had been offline since before it. */
  @Column('boolean', { name: 'opened_late', default: false })
  openedLate!: boolean;

  /** Seconds that are lost for good of a salvaged take. */
  @Column('double precision', { name: 'missing_seconds', nullable: true })
  missingSeconds!: number | null;

  @Column('timestamp with time zone', { name: 'finalised_at', precision: 3, nullable: true })
  finalisedAt!: Date | null;
}
