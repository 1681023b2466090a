import type { LocalizedText } from '@fairtake/contracts';
import { Check, Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { numeric } from '../transformers';
import { Rubric } from './rubric.entity';

/** One thing a rubric looks at. */
@Entity('criterion')
@Unique('uq_criterion_number', ['organisationId', 'rubricId', 'number'])
@ForeignKey(() => Rubric, ['organisationId', 'rubricId'], ['organisationId', 'id'], {
  name: 'fk_criterion_rubric_id',
  onDelete: 'CASCADE',
})
@Check('ck_criterion_weight', 'weight > 0')
export class Criterion {
  @PrimaryColumn('uuid', { name: 'organisation_id', primaryKeyConstraintName: 'pk_criterion' })
  organisationId!: string;

  @PrimaryColumn('uuid', { name: 'id', primaryKeyConstraintName: 'pk_criterion' })
  id!: string;

  @Column('uuid', { name: 'rubric_id' })
  rubricId!: string;

  @Column('uuid', { name: 'origin_id', nullable: true })
  originId!: string | null;

  @Column('smallint', { name: 'number' })
  number!: number;

  @Column('jsonb', { name: 'name' })
  name!: LocalizedText;

  @Column('jsonb', { name: 'look_for', nullable: true })
  lookFor!: LocalizedText | null;

  @Column('numeric', { name: 'weight', precision: 8, scale: 4, transformer: numeric })
  weight!: number;
}
