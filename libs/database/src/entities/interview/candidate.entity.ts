import { Check, Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { Organisation } from '../identity/organisation.entity';

/** A person who was invited. The e-mail may be absent: a link is enough. */
@Entity('candidate')
@Unique('uq_candidate_email', ['organisationId', 'email'])
@ForeignKey(() => Organisation, ['organisationId'], ['id'], { name: 'fk_candidate_organisation' })
@Check('ck_candidate_email_lower', 'email = lower(email)')
export class Candidate {
  @PrimaryColumn('uuid', { name: 'organisation_id', primaryKeyConstraintName: 'pk_candidate' })
  organisationId!: string;

  @PrimaryColumn('uuid', { name: 'id', primaryKeyConstraintName: 'pk_candidate' })
  id!: string;

  @Column('text', { name: 'name' })
  name!: string;

  @Column('text', { name: 'email', nullable: true })
  email!: string | null;

  @Column('text', { name: 'locale' })
  locale!: string;

  @Column('timestamp with time zone', { name: 'created_at', precision: 3, default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamp with time zone', { name: 'erased_at', precision: 3, nullable: true })
  erasedAt!: Date | null;
}
