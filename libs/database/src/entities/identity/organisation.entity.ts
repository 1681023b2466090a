import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A company. Everything else belongs to one. */
@Entity('organisation')
export class Organisation {
  @PrimaryColumn('uuid', { name: 'id', primaryKeyConstraintName: 'pk_organisation' })
  id!: string;

  @Column('text', { name: 'name' })
  name!: string;

  @Column('text', { name: 'contact_email', nullable: true })
  contactEmail!: string | null;

  @Column('timestamp with time zone', { name: 'created_at', precision: 3, default: () => 'now()' })
  createdAt!: Date;
}
