import type { MigrationInterface, QueryRunner } from 'typeorm';
import { oneOf } from './1795363200000/table';

const up = [
  `ALTER TABLE "candidate_session" ADD "windows_issued_at" timestamptz(3), ADD "late_since" timestamptz(3)`,
  `GRANT UPDATE (windows_issued_at, late_since) ON "candidate_session" TO fairtake_app`,
  `ALTER TABLE "time_request" DROP CONSTRAINT "ck_time_request_state"`,
  `ALTER TABLE "time_request" ADD ${oneOf('time_request', 'state', ['asked', 'granted', 'declined', 'withdrawn'])}`,
  `ALTER TABLE "interview" DROP "windows_issued_at", DROP "late_since"`,
];

const down = [
  `ALTER TABLE "interview" ADD "windows_issued_at" timestamptz(3), ADD "late_since" timestamptz(3)`,
  `UPDATE "time_request" SET state = 'declined' WHERE state = 'withdrawn'`,
  `ALTER TABLE "time_request" DROP CONSTRAINT "ck_time_request_state"`,
  `ALTER TABLE "time_request" ADD ${oneOf('time_request', 'state', ['asked', 'granted', 'declined'])}`,
  `ALTER TABLE "candidate_session" DROP "windows_issued_at", DROP "late_since"`,
];

/**
 * Contacts around the deadline belong to a device: one that merely watches must not speak for the one that records
 * offline. A request for more time ends with its interview.
 */
export class NoteContactsByDevice1795381200083 implements MigrationInterface {
  name = 'NoteContactsByDevice1795381200083';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of up) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of down) await runner.query(statement);
  }
}
