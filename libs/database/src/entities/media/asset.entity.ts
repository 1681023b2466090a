import { Check, Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { bigint } from '../transformers';
import { Answer } from './answer.entity';

/** A picture or curve made of an answer. */
@Entity('asset')
@Unique('uq_asset_kind', ['organisationId', 'answerId', 'generation', 'kind'])
@ForeignKey(() => Answer, ['organisationId', 'answerId'], ['organisationId', 'id'], {
  name: 'fk_asset_answer_id',
  onDelete: 'CASCADE',
})
@Check('ck_asset_kind', "kind IN ('poster', 'storyboard', 'waveform')")
export class Asset {
  @PrimaryColumn('uuid', { name: 'organisation_id', primaryKeyConstraintName: 'pk_asset' })
  organisationId!: string;

  @PrimaryColumn('uuid', { name: 'id', primaryKeyConstraintName: 'pk_asset' })
  id!: string;

  @Column('uuid', { name: 'answer_id' })
  answerId!: string;

  @Column('integer', { name: 'generation' })
  generation!: number;

  @Column('text', { name: 'kind' })
  kind!: 'poster' | 'storyboard' | 'waveform';

  @Column('text', { name: 'storage_key' })
  storageKey!: string;

  @Column('bigint', { name: 'size_bytes', transformer: bigint })
  sizeBytes!: number;

  @Column('text', { name: 'sha256' })
  sha256!: string;

  @Column('timestamp with time zone', { name: 'created_at', precision: 3, default: () => 'now()' })
  createdAt!: Date;
}
