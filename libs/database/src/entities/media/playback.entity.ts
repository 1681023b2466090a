import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Member } from '../identity/member.entity';
import { Answer } from './answer.entity';

/** That a member played an answer. */
@Entity('playback')
@ForeignKey(() => Answer, ['organisationId', 'answerId'], ['organisationId', 'id'], {
  name: 'fk_playback_answer_id',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Member, ['organisationId', 'memberId'], ['organisationId', 'id'], {
  name: 'fk_playback_member_id',
})
@Index('ix_playback_answer', ['organisationId', 'answerId'])
export class Playback {
  @PrimaryColumn('uuid', { name: 'organisation_id', primaryKeyConstraintName: 'pk_playback' })
  organisationId!: string;

  @PrimaryColumn('uuid', { name: 'id', primaryKeyConstraintName: 'pk_playback' })
  id!: string;

  @Column('uuid', { name: 'answer_id' })
  answerId!: string;

  @Column('uuid', { name: 'member_id' })
  memberId!: string;

  @Column('integer', { name: 'generation' })
  generation!: number;

  @Column('timestamp with time zone', { name: 'played_at', precision: 3, default: () => 'now()' })
  playedAt!: Date;
}
