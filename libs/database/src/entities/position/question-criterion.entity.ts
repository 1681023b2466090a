import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { numeric } from '../transformers';
import { Criterion } from './criterion.entity';
import { Question } from './question.entity';

/** Which criteria score which question. */
@Entity('question_criterion')
@ForeignKey(() => Question, ['organisationId', 'questionId'], ['organisationId', 'id'], {
  name: 'fk_question_criterion_question_id',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Criterion, ['organisationId', 'criterionId'], ['organisationId', 'id'], {
  name: 'fk_question_criterion_criterion_id',
  onDelete: 'CASCADE',
})
export class QuestionCriterion {
  @PrimaryColumn('uuid', { name: 'organisation_id', primaryKeyConstraintName: 'pk_question_criterion' })
  organisationId!: string;

  @PrimaryColumn('uuid', { name: 'question_id', primaryKeyConstraintName: 'pk_question_criterion' })
  questionId!: string;

  @PrimaryColumn('uuid', { name: 'criterion_id', primaryKeyConstraintName: 'pk_question_criterion' })
  criterionId!: string;

  @Column('numeric', { name: 'weight', precision: 8, scale: 4, transformer: numeric, default: 1 })
  weight!: number;
}
