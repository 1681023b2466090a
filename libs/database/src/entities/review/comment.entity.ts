import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Review } from './review.entity';

/** A remark, perhaps at a moment of the recording. */
@Entity('comment')
@ForeignKey(() => Review, ['organisationId', 'reviewId'], ['organisationId', 'id'], {
  name: 'fk_comment_review_id',
  onDelete: 'CASCADE',
})
@Index('ix_comment_review', ['organisationId', 'reviewId'])
export class Comment {
  @PrimaryColumn('uuid', { name: 'organisation_id', primaryKeyConstraintName: 'pk_comment' })
  organisationId!: string;

  @PrimaryColumn('uuid', { name: 'id', primaryKeyConstraintName: 'pk_comment' })
  id!: string;

  @Column('uuid', { name: 'review_id' })
  reviewId!: string;

  @Column('double precision', { name: 'at_seconds', nullable: true })
  atSeconds!: number | null;

  @Column('text', { name: 'text' })
  text!: string;

  @Column('timestamp with time zone', { name: 'created_at', precision: 3, default: () => 'now()' })
  createdAt!: Date;
}
