import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Interview } from '../interview/interview.entity';

/** A test clip of a device check. Its row outlives its bytes for a while, so that tries can be counted. */
@Entity('probe')
@ForeignKey(() => Interview, ['organisationId', 'interviewId'], ['organisationId', 'id'], {
  name: 'fk_probe_interview_id',
  onDelete: 'CASCADE',
})
@Index('ix_probe_interview', ['organisationId', 'interviewId'])
export class Probe {
  @PrimaryColumn('uuid', { name: 'organisation_id', primaryKeyConstraintName: 'pk_probe' })
  organisationId!: string;

  @PrimaryColumn('uuid', { name: 'id', primaryKeyConstraintName: 'pk_probe' })
  id!: string;

  @Column('uuid', { name: 'interview_id' })
  interviewId!: string;

  @Column('integer', { name: 'size_bytes', default: 0 })
  sizeBytes!: number;

  @Column('smallint', { name: 'chunk_count', default: 0 })
  chunkCount!: number;

  @Column('timestamp with time zone', { name: 'created_at', precision: 3, default: () => 'now()' })
  createdAt!: Date;

  /** When its bytes were removed because the check had ended. */
  @Column('timestamp with time zone', { name: 'removed_at', precision: 3, nullable: true })
  removedAt!: Date | null;
}
