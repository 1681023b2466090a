import type { ResponseContent } from '@fairtake/contracts';
import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Answer } from '../media/answer.entity';

/** What a candidate wrote or chose: the draft, and the revision of it that is the answer. */
@Entity('response')
@ForeignKey(() => Answer, ['organisationId', 'answerId'], ['organisationId', 'id'], {
  name: 'fk_response_answer_id',
  onDelete: 'CASCADE',
})
@Check('ck_response_kept', '(kept IS NULL) = (kept_revision IS NULL)')
export class Response {
  @PrimaryColumn('uuid', { name: 'organisation_id', primaryKeyConstraintName: 'pk_response' })
  organisationId!: string;

  @PrimaryColumn('uuid', { name: 'answer_id', primaryKeyConstraintName: 'pk_response' })
  answerId!: string;

  @Column('integer', { name: 'revision' })
  revision!: number;

  @Column('jsonb', { name: 'content' })
  content!: ResponseContent;

  @Column('timestamp with time zone', { name: 'saved_at', precision: 3, default: () => 'now()' })
  savedAt!: Date;

  @Column('jsonb', { name: 'kept', nullable: true })
  kept!: ResponseContent | null;

  @Column('integer', { name: 'kept_revision', nullable: true })
  keptRevision!: number | null;
}
