import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Organisation } from '../identity/organisation.entity';

/** What happened; the application can add and read, nothing else. */
@Entity('audit_event')
@ForeignKey(() => Organisation, ['organisationId'], ['id'], { name: 'fk_audit_event_organisation' })
@Check('ck_audit_event_actor_kind', "actor_kind IN ('member', 'candidate', 'system')")
@Index('ix_audit_event_at', ['organisationId', 'at', 'id'])
export class AuditEvent {
  @PrimaryColumn('uuid', { name: 'organisation_id', primaryKeyConstraintName: 'pk_audit_event' })
  organisationId!: string;

  @PrimaryColumn('uuid', { name: 'id', primaryKeyConstraintName: 'pk_audit_event' })
  id!: string;

  @Column('timestamp with time zone', { name: 'at', precision: 3, default: () => 'now()' })
  at!: Date;

  @Column('text', { name: 'actor_kind' })
  actorKind!: 'member' | 'candidate' | 'system';

  @Column('uuid', { name: 'actor_id', nullable: true })
  actorId!: string | null;

  @Column('text', { name: 'action' })
  action!: string;

  @Column('text', { name: 'subject_kind' })
  subjectKind!: string;

  @Column('uuid', { name: 'subject_id' })
  subjectId!: string;

  @Column('jsonb', { name: 'detail', nullable: true })
  detail!: Record<string, unknown> | null;
}
