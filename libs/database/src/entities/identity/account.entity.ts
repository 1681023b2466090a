import { Check, Column, Entity, PrimaryColumn, Unique } from 'typeorm';

/** A person who signs in, above organisations. */
@Entity('account')
@Unique('uq_account_email', ['email'])
@Check('ck_account_email_lower', 'email = lower(email)')
export class Account {
  @PrimaryColumn('uuid', { name: 'id', primaryKeyConstraintName: 'pk_account' })
  id!: string;

  @Column('text', { name: 'email' })
  email!: string;

  @Column('text', { name: 'name' })
  name!: string;

  @Column('text', { name: 'password_hash', nullable: true })
  passwordHash!: string | null;

  @Column('timestamp with time zone', { name: 'created_at', precision: 3, default: () => 'now()' })
  createdAt!: Date;
}
