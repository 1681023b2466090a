import type { LocalizedText } from '@fairtake/contracts';
import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Criterion } from './criterion.entity';

/** What a level of a criterion looks like. */
@Entity('anchor')
@ForeignKey(() => Criterion, ['organisationId', 'criterionId'], ['organisationId', 'id'], {
  name: 'fk_anchor_criterion_id',
  onDelete: 'CASCADE',
})
@Check('ck_anchor_level', 'level BETWEEN 1 AND 5')
export class Anchor {
  @PrimaryColumn('uuid', { name: 'organisation_id', primaryKeyConstraintName: 'pk_anchor' })
  organisationId!: string;

  @PrimaryColumn('uuid', { name: 'criterion_id', primaryKeyConstraintName: 'pk_anchor' })
  criterionId!: string;

  @PrimaryColumn('smallint', { name: 'level', primaryKeyConstraintName: 'pk_anchor' })
  level!: number;

  @Column('jsonb', { name: 'text' })
  text!: LocalizedText;
}
