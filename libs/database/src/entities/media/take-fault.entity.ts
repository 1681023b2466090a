import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Interview } from '../interview/interview.entity';
import { bigint } from '../transformers';
import { Take } from './take.entity';

/** Evidence of the technical fault that gave a take back: for its candidate and recruiters, never for reviewers. */
@Entity('take_fault')
@ForeignKey(() => Take, ['organisationId', 'takeId'], ['organisationId', 'id'], {
  name: 'fk_take_fault_take_id',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Interview, ['organisationId', 'interviewId'], ['organisationId', 'id'], {
  name: 'fk_take_fault_interview_id',
  onDelete: 'CASCADE',
})
@Check('ck_take_fault_source', "source IN ('candidate', 'server')")
@Index('ix_take_fault_interview', ['organisationId', 'interviewId'])
export class TakeFault {
  @PrimaryColumn('uuid', { name: 'organisation_id', primaryKeyConstraintName: 'pk_take_fault' })
  organisationId!: string;

  @PrimaryColumn('uuid', { name: 'take_id', primaryKeyConstraintName: 'pk_take_fault' })
  takeId!: string;

  @Column('uuid', { name: 'interview_id' })
  interviewId!: string;

  @Column('text', { name: 'reason' })
  reason!: string;

  @Column('text', { name: 'source' })
  source!: 'candidate' | 'server';

  @Column('boolean', { name: 'corroborated' })
  corroborated!: boolean;

  @Column('timestamp with time zone', { name: 'happened_at', precision: 3 })
  happenedAt!: Date;

  @Column('bigint', { name: 'held_bytes', transformer: bigint })
  heldBytes!: number;

  @Column('double precision', { name: 'held_seconds' })
  heldSeconds!: number;

  @Column('text', { name: 'device', nullable: true })
  device!: string | null;
}
