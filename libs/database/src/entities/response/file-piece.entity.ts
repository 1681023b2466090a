import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { File } from './file.entity';

/** Bytes of a file that is still on its way. */
@Entity('file_piece')
@ForeignKey(() => File, ['organisationId', 'fileId'], ['organisationId', 'id'], {
  name: 'fk_file_piece_file_id',
  onDelete: 'CASCADE',
})
@Check('ck_file_piece_size', 'size_bytes > 0')
export class FilePiece {
  @PrimaryColumn('uuid', { name: 'organisation_id', primaryKeyConstraintName: 'pk_file_piece' })
  organisationId!: string;

  @PrimaryColumn('uuid', { name: 'file_id', primaryKeyConstraintName: 'pk_file_piece' })
  fileId!: string;

  @PrimaryColumn('integer', { name: 'index', primaryKeyConstraintName: 'pk_file_piece' })
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
