import { Check, Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { bigint } from '../transformers';
import { Answer } from './answer.entity';
import type { MediaFragment, MediaInit } from './media-index';

/** A playable form of an answer. */
@Entity('rendition')
@Unique('uq_rendition_kind', ['organisationId', 'answerId', 'generation', 'kind'])
@ForeignKey(() => Answer, ['organisationId', 'answerId'], ['organisationId', 'id'], {
  name: 'fk_rendition_answer_id',
  onDelete: 'CASCADE',
})
@Check('ck_rendition_kind', "kind IN ('progressive', 'hls_720', 'hls_360', 'hls_audio')")
export class Rendition {
  @PrimaryColumn('uuid', { name: 'organisation_id', primaryKeyConstraintName: 'pk_rendition' })
  organisationId!: string;

  @PrimaryColumn('uuid', { name: 'id', primaryKeyConstraintName: 'pk_rendition' })
  id!: string;

  @Column('uuid', { name: 'answer_id' })
  answerId!: string;

  @Column('integer', { name: 'generation' })
  generation!: number;

  @Column('text', { name: 'kind' })
  kind!: 'progressive' | 'hls_720' | 'hls_360' | 'hls_audio';

  @Column('text', { name: 'mime_type' })
  mimeType!: string;

  @Column('text', { name: 'codecs' })
  codecs!: string;

  @Column('integer', { name: 'width', nullable: true })
  width!: number | null;

  @Column('integer', { name: 'height', nullable: true })
  height!: number | null;

  @Column('double precision', { name: 'duration_seconds' })
  durationSeconds!: number;

  @Column('text', { name: 'storage_key' })
  storageKey!: string;

  @Column('bigint', { name: 'size_bytes', transformer: bigint })
  sizeBytes!: number;

  @Column('text', { name: 'sha256' })
  sha256!: string;

  @Column('jsonb', { name: 'init', nullable: true })
  init!: MediaInit | null;

  @Column('jsonb', { name: 'fragments', nullable: true })
  fragments!: MediaFragment[] | null;

  @Column('timestamp with time zone', { name: 'published_at', precision: 3, default: () => 'now()' })
  publishedAt!: Date;
}
