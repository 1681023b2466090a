import type { LocalizedText } from '@fairtake/contracts';
import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { Organisation } from '../identity/organisation.entity';

/** A version of the text a candidate agrees to. */
@Entity('notice')
@Unique('uq_notice_version', ['organisationId', 'region', 'version'])
@ForeignKey(() => Organisation, ['organisationId'], ['id'], { name: 'fk_notice_organisation' })
export class Notice {
  @PrimaryColumn('uuid', { name: 'organisation_id', primaryKeyConstraintName: 'pk_notice' })
  organisationId!: string;

  @PrimaryColumn('uuid', { name: 'id', primaryKeyConstraintName: 'pk_notice' })
  id!: string;

  @Column('text', { name: 'region', default: 'default' })
  region!: string;

  @Column('integer', { name: 'version' })
  version!: number;

  @Column('jsonb', { name: 'text' })
  text!: LocalizedText;

  @Column('text', { name: 'text_sha256' })
  textSha256!: string;

  @Column('timestamp with time zone', { name: 'created_at', precision: 3, default: () => 'now()' })
  createdAt!: Date;
}
