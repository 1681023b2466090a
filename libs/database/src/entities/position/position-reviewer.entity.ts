import { Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Member } from '../identity/member.entity';
import { Position } from './position.entity';

/** Who judges the answers of a position. */
@Entity('position_reviewer')
@ForeignKey(() => Position, ['organisationId', 'positionId'], ['organisationId', 'id'], {
  name: 'fk_position_reviewer_position_id',
  onDelete: 'CASCADE',
})
@ForeignKey(() => Member, ['organisationId', 'memberId'], ['organisationId', 'id'], {
  name: 'fk_position_reviewer_member_id',
  onDelete: 'CASCADE',
})
export class PositionReviewer {
  @PrimaryColumn('uuid', { name: 'organisation_id', primaryKeyConstraintName: 'pk_position_reviewer' })
  organisationId!: string;

  @PrimaryColumn('uuid', { name: 'position_id', primaryKeyConstraintName: 'pk_position_reviewer' })
  positionId!: string;

  @PrimaryColumn('uuid', { name: 'member_id', primaryKeyConstraintName: 'pk_position_reviewer' })
  memberId!: string;
}
