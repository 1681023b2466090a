import type { LocalizedText, QuestionKind, QuestionSettings } from '@fairtake/contracts';
import { Check, Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { Position } from './position.entity';

/** One question of a position. */
@Entity('question')
@Unique('uq_question_number', ['organisationId', 'positionId', 'number'])
@ForeignKey(() => Position, ['organisationId', 'positionId'], ['organisationId', 'id'], {
  name: 'fk_question_position_id',
  onDelete: 'CASCADE',
})
@Check('ck_question_kind', "kind IN ('video', 'audio', 'screen', 'text', 'choice', 'file')")
export class Question {
  @PrimaryColumn('uuid', { name: 'organisation_id', primaryKeyConstraintName: 'pk_question' })
  organisationId!: string;

  @PrimaryColumn('uuid', { name: 'id', primaryKeyConstraintName: 'pk_question' })
  id!: string;

  @Column('uuid', { name: 'position_id' })
  positionId!: string;

  @Column('smallint', { name: 'number' })
  number!: number;

  @Column('text', { name: 'kind' })
  kind!: QuestionKind;

  @Column('jsonb', { name: 'text' })
  text!: LocalizedText;

  @Column('integer', { name: 'think_seconds', nullable: true })
  thinkSeconds!: number | null;

  @Column('integer', { name: 'answer_seconds' })
  answerSeconds!: number;

  @Column('smallint', { name: 'takes' })
  takes!: number;

  @Column('boolean', { name: 'required', default: true })
  required!: boolean;

  /** What a text, choice or file question needs besides; its `kind` is the question's. */
  @Column('jsonb', { name: 'settings', nullable: true })
  settings!: QuestionSettings | null;
}
