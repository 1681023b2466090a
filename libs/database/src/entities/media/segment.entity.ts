import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { bigint } from '../transformers';
import type { MediaInit } from './media-index';
import { Take } from './take.entity';

/** An unbroken run of one recorder within a take. */
@Entity('segment')
@ForeignKey(() => Take, ['organisationId', 'takeId'], ['organisationId', 'id'], {
  name: 'fk_segment_take_id',
  onDelete: 'CASCADE',
})
@Check('ck_segment_container', "container IN ('mp4', 'webm')")
export class Segment {
  @PrimaryColumn('uuid', { name: 'organisation_id', primaryKeyConstraintName: 'pk_segment' })
  organisationId!: string;

  @PrimaryColumn('uuid', { name: 'take_id', primaryKeyConstraintName: 'pk_segment' })
  takeId!: string;

  @PrimaryColumn('smallint', { name: 'number', primaryKeyConstraintName: 'pk_segment' })
  number!: number;

  @Column('uuid', { name: 'lease' })
  lease!: string;

  @Column('text', { name: 'container', nullable: true })
  container!: 'mp4' | 'webm' | null;

  @Column('jsonb', { name: 'init', nullable: true })
  init!: MediaInit | null;

  @Column('jsonb', { name: 'fragments', nullable: true })
  fragments!: unknown;

  @Column('integer', { name: 'chunk_count', nullable: true })
  chunkCount!: number | null;

  @Column('bigint', { name: 'size_bytes', transformer: bigint, nullable: true })
  sizeBytes!: number | null;

  @Column('text', { name: 'sha256', nullable: true })
  sha256!: string | null;

  @Column('text', { name: 'manifest_sha256', nullable: true })
  manifestSha256!: string | null;
}
