import { Check, Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { Interview } from './interview.entity';
import { Notice } from './notice.entity';

/** What a candidate agreed to, and when. */
@Entity('consent')
@Unique('uq_consent_notice', ['organisationId', 'interviewId', 'noticeId'])
@ForeignKey(() => Interview, ['organisationId', 'interviewId'], ['organisationId', 'id'], {
  name: 'fk_consent_interview_id',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Notice, ['organisationId', 'noticeId'], ['organisationId', 'id'], {
  name: 'fk_consent_notice_id',
})
@Check('ck_consent_channel', "channel IN ('web')")
export class Consent {
  @PrimaryColumn('uuid', { name: 'organisation_id', primaryKeyConstraintName: 'pk_consent' })
  organisationId!: string;

  @PrimaryColumn('uuid', { name: 'id', primaryKeyConstraintName: 'pk_consent' })
  id!: string;

  @Column('uuid', { name: 'interview_id' })
  interviewId!: string;

  @Column('uuid', { name: 'notice_id' })
  noticeId!: string;

  @Column('text', { name: 'text_sha256' })
  textSha256!: string;

  @Column('text', { name: 'locale' })
  locale!: string;

  /** What the page showed beside the notice: a later change of the position does not change what was agreed to. */
  @Column('smallint', { name: 'retention_days' })
  retentionDays!: number;

  @Column('text', { name: 'channel' })
  channel!: 'web';

  @Column('timestamp with time zone', { name: 'given_at', precision: 3, default: () => 'now()' })
  givenAt!: Date;
}
