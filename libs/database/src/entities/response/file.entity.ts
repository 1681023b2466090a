import type { FileType } from '@fairtake/contracts';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Interview } from '../interview/interview.entity';
import { Answer } from '../media/answer.entity';
import { bigint } from '../transformers';

/** A file a candidate sends; `type` is what its bytes are. */
@Entity('file')
@Index('ix_file_answer', ['organisationId', 'answerId'])
@Index('ix_file_interview', ['organisationId', 'interviewId'])
@Index('ix_file_abandoned', ['organisationId', 'openedAt'], { where: "state <> 'kept'" })
@ForeignKey(() => Answer, ['organisationId', 'answerId'], ['organisationId', 'id'], {
  name: 'fk_file_answer_id',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Interview, ['organisationId', 'interviewId'], ['organisationId', 'id'], {
  name: 'fk_file_interview_id',
  onDelete: 'CASCADE',
})
@Check('ck_file_state', "state IN ('open', 'received', 'kept', 'discarded')")
@Check('ck_file_type', "type IN ('pdf', 'docx', 'xlsx', 'pptx', 'odt', 'png', 'jpeg', 'webp', 'text', 'zip')")
@Check('ck_file_size', 'size_bytes > 0')
@Check(
  'ck_file_received',
  "state NOT IN ('received', 'kept') OR (type IS NOT NULL AND storage_key IS NOT NULL AND sha256 IS NOT NULL AND received_at IS NOT NULL)",
)
export class File {
  @PrimaryColumn('uuid', { name: 'organisation_id', primaryKeyConstraintName: 'pk_file' })
  organisationId!: string;

  @PrimaryColumn('uuid', { name: 'id', primaryKeyConstraintName: 'pk_file' })
  id!: string;

  @Column('uuid', { name: 'answer_id' })
  answerId!: string;

  @Column('uuid', { name: 'interview_id' })
  interviewId!: string;

  @Column('text', { name: 'name' })
  name!: string;

  @Column('bigint', { name: 'size_bytes', transformer: bigint })
  sizeBytes!: number;

  @Column('text', { name: 'state', default: 'open' })
  state!: 'open' | 'received' | 'kept' | 'discarded';

  @Column('text', { name: 'type', nullable: true })
  type!: FileType | null;

  @Column('text', { name: 'storage_key', nullable: true })
  storageKey!: string | null;

  @Column('text', { name: 'sha256', nullable: true })
  sha256!: string | null;

  @Column('timestamp with time zone', { name: 'opened_at', precision: 3, default: () => 'now()' })
  openedAt!: Date;

  @Column('timestamp with time zone', { name: 'received_at', precision: 3, nullable: true })
  receivedAt!: Date | null;
}
