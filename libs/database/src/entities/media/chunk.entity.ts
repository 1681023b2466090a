import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Segment } from './segment.entity';

/** A piece of a segment as it was uploaded. */
@Entity('chunk')
@ForeignKey(() => Segment, ['organisationId', 'takeId', 'segment'], ['organisationId', 'takeId', 'number'], {
  name: 'fk_chunk_segment',
  onDelete: 'CASCADE',
})
@Check('ck_chunk_size', 'size_bytes > 0')
export class Chunk {
  @PrimaryColumn('uuid', { name: 'organisation_id', primaryKeyConstraintName: 'pk_chunk' })
  organisationId!: string;

  @PrimaryColumn('uuid', { name: 'take_id', primaryKeyConstraintName: 'pk_chunk' })
  takeId!: string;

  @PrimaryColumn('smallint', { name: 'segment', primaryKeyConstraintName: 'pk_chunk' })
  segment!: number;

  @PrimaryColumn('integer', { name: 'index', primaryKeyConstraintName: 'pk_chunk' })
  index!: number;

  @Column('integer', { name: 'size_bytes' })
  sizeBytes!: number;

  @Column('text', { name: 'sha256' })
  sha256!: string;

  @Column('text', { name: 'storage_key' })
  storageKey!: string;

  @Column('timestamp with time zone', { name: 'received_at', precision: 3, default: () => 'now()' })
  receivedAt!: Date;
}
