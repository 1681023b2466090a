import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Organisation } from '../identity/organisation.entity';

/** What must stay gone, also after a restore. */
@Entity('erasure')
@ForeignKey(() => Organisation, ['organisationId'], ['id'], { name: 'fk_erasure_organisation' })
@Check('ck_erasure_reason', "reason IN ('candidate_request', 'retention', 'admin_request')")
export class Erasure {
  @PrimaryColumn('uuid', { name: 'organisation_id', primaryKeyConstraintName: 'pk_erasure' })
  organisationId!: string;

  @PrimaryColumn('uuid', { name: 'id', primaryKeyConstraintName: 'pk_erasure' })
  id!: string;

  @Column('text', { name: 'subject_kind' })
  subjectKind!: string;

  @Column('uuid', { name: 'subject_id' })
  subjectId!: string;

  @Column('text', { name: 'reason' })
  reason!: 'candidate_request' | 'retention' | 'admin_request';

  @Column('timestamp with time zone', { name: 'requested_at', precision: 3, default: () => 'now()' })
  requestedAt!: Date;

  @Column('timestamp with time zone', { name: 'done_at', precision: 3, nullable: true })
  doneAt!: Date | null;
}
