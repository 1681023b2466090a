import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Probe } from './probe.entity';

/** A piece of a test clip. Its row comes before its bytes, so that no object of a probe is without a name. */
@Entity('probe_chunk')
@ForeignKey(() => Probe, ['organisationId', 'probeId'], ['organisationId', 'id'], {
  name: 'fk_probe_chunk_probe_id',
  onDelete: 'CASCADE',
})
@Check('ck_probe_chunk_size', 'size_bytes > 0')
export class ProbeChunk {
  @PrimaryColumn('uuid', { name: 'organisation_id', primaryKeyConstraintName: 'pk_probe_chunk' })
  organisationId!: string;

  @PrimaryColumn('uuid', { name: 'probe_id', primaryKeyConstraintName: 'pk_probe_chunk' })
  probeId!: string;

  @PrimaryColumn('smallint', { name: 'index', primaryKeyConstraintName: 'pk_probe_chunk' })
  index!: number;

  @Column('integer', { name: 'size_bytes' })
  sizeBytes!: number;

  @Column('text', { name: 'sha256' })
  sha256!: string;

  @Column('text', { name: 'storage_key' })
  storageKey!: string;

  /** Null until its bytes were durable. */
  @Column('timestamp with time zone', { name: 'received_at', precision: 3, nullable: true })
  receivedAt!: Date | null;
}
