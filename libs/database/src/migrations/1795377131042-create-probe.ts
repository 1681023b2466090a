import type { MigrationInterface, QueryRunner } from 'typeorm';
import { reference, tenantKey, tenantTable } from './1795363200000/table';

const tables = [
  tenantTable(
    'probe',
    `organisation_id uuid NOT NULL,
     id uuid NOT NULL,
     interview_id uuid NOT NULL,
     size_bytes integer NOT NULL DEFAULT 0,
     chunk_count smallint NOT NULL DEFAULT 0,
     created_at timestamptz(3) NOT NULL DEFAULT now(),
     removed_at timestamptz(3),
     ${tenantKey('probe')},
     ${reference('probe', 'interview_id', 'interview', 'CASCADE')}`,
    { app: 'SELECT, INSERT, UPDATE, DELETE' },
    [`CREATE INDEX "ix_probe_interview" ON "probe" (organisation_id, interview_id)`],
  ),
  tenantTable(
    'probe_chunk',
    `organisation_id uuid NOT NULL,
     probe_id uuid NOT NULL,
     index smallint NOT NULL,
     size_bytes integer NOT NULL,
     sha256 text NOT NULL,
     storage_key text NOT NULL,
     received_at timestamptz(3),
     CONSTRAINT "pk_probe_chunk" PRIMARY KEY (organisation_id, probe_id, index),
     ${reference('probe_chunk', 'probe_id', 'probe', 'CASCADE')},
     CONSTRAINT "ck_probe_chunk_size" CHECK (size_bytes > 0)`,
    { app: 'SELECT, INSERT, UPDATE, DELETE' },
  ),
];

/** Test clips of device checks: they never become part of an answer, and are gone within the hour. */
export class CreateProbe1795377131042 implements MigrationInterface {
  name = 'CreateProbe1795377131042';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of tables) for (const statement of table.up) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [...tables].reverse()) await runner.query(`DROP TABLE "${table.name}" CASCADE`);
  }
}
