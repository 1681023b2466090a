import type { MigrationInterface, QueryRunner } from 'typeorm';
import { oneOf, reference, tenantKey, tenantTable } from './1795363200000/table';

const requestStates = ['asked', 'granted', 'declined', 'withdrawn'] as const;

const adjustmentRequest = tenantTable(
  'adjustment_request',
  `organisation_id uuid NOT NULL,
   id uuid NOT NULL,
   interview_id uuid NOT NULL,
   state text NOT NULL DEFAULT 'asked',
   wanted jsonb NOT NULL,
   granted jsonb,
   asked_at timestamptz(3) NOT NULL,
   paused_from timestamptz(3) NOT NULL,
   decided_at timestamptz(3),
   decided_by uuid,
   ${tenantKey('adjustment_request')},
   ${reference('adjustment_request', 'interview_id', 'interview', 'CASCADE')},
   ${reference('adjustment_request', 'decided_by', 'member')},
   ${oneOf('adjustment_request', 'state', requestStates)},
   CONSTRAINT "ck_adjustment_request_decided" CHECK ((state = 'asked') = (decided_at IS NULL))`,
  { app: 'SELECT, INSERT, UPDATE' },
  [
    `CREATE INDEX "ix_adjustment_request_interview" ON "adjustment_request" (organisation_id, interview_id)`,
    `CREATE UNIQUE INDEX "uq_adjustment_request_open" ON "adjustment_request" (organisation_id, interview_id) WHERE state = 'asked'`,
  ],
);

const takeFault = tenantTable(
  'take_fault',
  `organisation_id uuid NOT NULL,
   take_id uuid NOT NULL,
   interview_id uuid NOT NULL,
   reason text NOT NULL,
   source text NOT NULL,
   corroborated boolean NOT NULL,
   happened_at timestamptz(3) NOT NULL,
   held_bytes bigint NOT NULL,
   held_seconds double precision NOT NULL,
   device text,
   CONSTRAINT "pk_take_fault" PRIMARY KEY (organisation_id, take_id),
   ${reference('take_fault', 'take_id', 'take', 'CASCADE')},
   ${reference('take_fault', 'interview_id', 'interview', 'CASCADE')},
   ${oneOf('take_fault', 'source', ['candidate', 'server'])}`,
  { app: 'SELECT, INSERT' },
  [`CREATE INDEX "ix_take_fault_interview" ON "take_fault" (organisation_id, interview_id)`],
);

const up = [
  ...adjustmentRequest.up,
  ...takeFault.up,
  `ALTER TABLE "position"
     ADD "adjustment_policy" text NOT NULL DEFAULT 'self_service',
     ADD "adjustment_kinds" text[] NOT NULL DEFAULT '{think_time,answer_time,extra_takes,audio_only,text_answers,questions_in_advance}',
     ADD ${oneOf('position', 'adjustment_policy', ['self_service', 'ask'])}`,
  `ALTER TABLE "adjustment"
     ADD "larger_text" boolean NOT NULL DEFAULT false,
     ADD "reduced_motion" boolean NOT NULL DEFAULT false`,
  `ALTER TABLE "interview"
     ADD "windows_issued_at" timestamptz(3),
     ADD "late_since" timestamptz(3)`,
  `CREATE UNIQUE INDEX "uq_time_request_open" ON "time_request" (organisation_id, interview_id) WHERE state = 'asked'`,
  `CREATE INDEX "ix_time_request_interview" ON "time_request" (organisation_id, interview_id)`,
  `ALTER TABLE "take" ADD "opened_late" boolean NOT NULL DEFAULT false, ADD "missing_seconds" double precision`,
  `ALTER TABLE "take" DROP CONSTRAINT "ck_take_verdict"`,
  `ALTER TABLE "take" ADD ${oneOf('take', 'verdict', ['complete', 'partial', 'too_short', 'no_media'])}`,
  `ALTER TABLE "answer" ADD "missing_seconds" double precision`,
];

const down = [
  `ALTER TABLE "answer" DROP "missing_seconds"`,
  // What was salvaged stays playable; the older schema has no word for it but this.
  `UPDATE "take" SET verdict = 'complete' WHERE verdict = 'partial'`,
  `ALTER TABLE "take" DROP CONSTRAINT "ck_take_verdict"`,
  `ALTER TABLE "take" ADD ${oneOf('take', 'verdict', ['complete', 'too_short', 'no_media'])}`,
  `ALTER TABLE "take" DROP "opened_late", DROP "missing_seconds"`,
  `DROP INDEX "ix_time_request_interview"`,
  `DROP INDEX "uq_time_request_open"`,
  `ALTER TABLE "interview" DROP "windows_issued_at", DROP "late_since"`,
  `ALTER TABLE "adjustment" DROP "larger_text", DROP "reduced_motion"`,
  `ALTER TABLE "position" DROP "adjustment_policy", DROP "adjustment_kinds"`,
  `DROP TABLE "take_fault"`,
  `DROP TABLE "adjustment_request"`,
];

/**
 * What a fair clock needs: requests for adjustments that pause the deadline, evidence of technical faults, windows that
 * were issued before the deadline, and takes that lost a part.
 */
export class AddFairClock1795379460517 implements MigrationInterface {
  name = 'AddFairClock1795379460517';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of up) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of down) await runner.query(statement);
  }
}
