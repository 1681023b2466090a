import type { CannotRate } from '@fairtake/contracts';
import { Check, Column, Entity, ForeignKey, PrimaryColumn, Index } from 'typeorm';
import { Criterion } from '../position/criterion.entity';
import { Review } from './review.entity';

/** A level for one criterion, or why there is none. */
@Entity('score')
@Index('ix_score_criterion', ['organisationId', 'criterionId'])
@ForeignKey(() => Review, ['organisationId', 'reviewId'], ['organisationId', 'id'], {
  name: 'fk_score_review_id',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Criterion, ['organisationId', 'criterionId'], ['organisationId', 'id'], {
  name: 'fk_score_criterion_id',
})
@Check('ck_score_cannot_rate', "cannot_rate IN ('no_answer', 'technical', 'conflict', 'other')")
@Check('ck_score_level', 'level BETWEEN 1 AND 5')
@Check('ck_score_one', '(level IS NULL) <> (cannot_rate IS NULL)')
export class Score {
  @PrimaryColumn('uuid', { name: 'organisation_id', primaryKeyConstraintName: 'pk_score' })
  organisationId!: string;

  @PrimaryColumn('uuid', { name: 'review_id', primaryKeyConstraintName: 'pk_score' })
  reviewId!: string;

  @PrimaryColumn('uuid', { name: 'criterion_id', primaryKeyConstraintName: 'pk_score' })
  criterionId!: string;

  @Column('smallint', { name: 'level', nullable: true })
  level!: number | null;

  @Column('text', { name: 'cannot_rate', nullable: true })
  cannotRate!: CannotRate | null;

  @Column('double precision', { name: 'evidence_start_seconds', nullable: true })
  evidenceStartSeconds!: number | null;

  @Column('double precision', { name: 'evidence_end_seconds', nullable: true })
  evidenceEndSeconds!: number | null;
}
