import type { MigrationInterface, QueryRunner } from 'typeorm';
import { reference, tenantKey, tenantTable } from './1795363200000/table';

const tables = [
  tenantTable(
    'hand_off_code',
    `organisation_id uuid NOT NULL,
     id uuid NOT NULL,
     interview_id uuid NOT NULL,
     invitation_id uuid NOT NULL,
     token_hash bytea NOT NULL CONSTRAINT "uq_hand_off_code_token" UNIQUE,
     created_at timestamptz(3) NOT NULL DEFAULT now(),
     expires_at timestamptz(3) NOT NULL,
     revoked_at timestamptz(3),
     exchange_id uuid,
     used_at timestamptz(3),
     ${tenantKey('hand_off_code')},
     CONSTRAINT "ck_hand_off_code_used" CHECK ((exchange_id IS NULL) = (used_at IS NULL)),
     ${reference('hand_off_code', 'interview_id', 'interview', 'CASCADE')},
     ${reference('hand_off_code', 'invitation_id', 'invitation', 'CASCADE')}`,
    { app: 'SELECT, INSERT, UPDATE', ops: 'SELECT' },
    [`CREATE INDEX "ix_hand_off_code_interview" ON "hand_off_code" (organisation_id, interview_id)`],
  ),
  tenantTable(
    'device_lease',
    `organisation_id uuid NOT NULL,
     interview_id uuid NOT NULL,
     session_id uuid NOT NULL,
     seen_at timestamptz(3) NOT NULL,
     question_id uuid,
     recording boolean NOT NULL DEFAULT false,
     CONSTRAINT "pk_device_lease" PRIMARY KEY (organisation_id, interview_id),
     ${reference('device_lease', 'interview_id', 'interview', 'CASCADE')},
     ${reference('device_lease', 'session_id', 'candidate_session', 'CASCADE')},
     ${reference('device_lease', 'question_id', 'question', 'CASCADE')}`,
    { app: 'SELECT, INSERT, UPDATE, DELETE' },
  ),
];

/** One device records an interview at a time, and can hand it to another by a short-lived code. */
export class AddHandOff1795379000021 implements MigrationInterface {
  name = 'AddHandOff1795379000021';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE "candidate_session" ADD COLUMN device_browser text, ADD COLUMN device_system text`,
    );
    for (const table of tables) for (const statement of table.up) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [...tables].reverse()) await runner.query(`DROP TABLE "${table.name}"`);
    await runner.query(
      `ALTER TABLE "candidate_session" DROP COLUMN device_browser, DROP COLUMN device_system`,
    );
  }
}
