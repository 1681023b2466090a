import type { MigrationInterface, QueryRunner } from 'typeorm';
import { identityTables } from './1795363200000/identity';
import { interviewTables } from './1795363200000/interview';
import { mediaTables } from './1795363200000/media';
import { positionTables } from './1795363200000/position';
import { reviewTables } from './1795363200000/review';
import { recordTables } from './1795363200000/record';

const tables = [
  ...identityTables,
  ...positionTables,
  ...interviewTables,
  ...mediaTables,
  ...reviewTables,
  ...recordTables,
];

/**
 * The whole first schema. Every tenant table is forced under row-level security in the same statement list. Instants
 * have milliseconds, as JavaScript's do: a keyset cursor made of a `Date` names exactly one position.
 */
export class CreateSchema1795363200000 implements MigrationInterface {
  name = 'CreateSchema1795363200000';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of tables) for (const statement of table.up) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [...tables].reverse()) await runner.query(`DROP TABLE "${table.name}" CASCADE`);
  }
}
