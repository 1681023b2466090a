import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Member } from '../identity/member.entity';
import { Interview } from './interview.entity';

/** A candidate asking for more time. */
@Entity('time_request')
@ForeignKey(() => Interview, ['organisationId', 'interviewId'], ['organisationId', 'id'], {
  name: 'fk_time_request_interview_id',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Member, ['organisationId', 'decidedBy'], ['organisationId', 'id'], {
  name: 'fk_time_request_decided_by',
})
@Check('ck_time_request_state', "state IN ('asked', 'granted', 'declined', 'withdrawn')")
@Index('ix_time_request_interview', ['organisationId', 'interviewId'])
@Index('uq_time_request_open', ['organisationId', 'interviewId'], { unique: true, where: "state = 'asked'" })
export class TimeRequest {
  @PrimaryColumn('uuid', { name: 'organisation_id', primaryKeyConstraintName: 'pk_time_request' })
  organisationId!: string;

  @PrimaryColumn('uuid', { name: 'id', primaryKeyConstraintName: 'pk_time_request' })
  id!: string;

  @Column('uuid', { name: 'interview_id' })
  interviewId!: string;

  @Column('text', { name: 'state', default: 'asked' })
  state!: 'asked' | 'granted' | 'declined' | 'withdrawn';

  @Column('timestamp with time zone', { name: 'asked_at', precision: 3, default: () => 'now()' })
  askedAt!: Date;

  @Column('timestamp with time zone', { name: 'granted_until', precision: 3, nullable: true })
  grantedUntil!: Date | null;

  @Column('uuid', { name: 'decided_by', nullable: true })
  decidedBy!: string | null;

  @Column('timestamp with time zone', { name: 'decided_at', precision: 3, nullable: true })
  decidedAt!: Date | null;
}
