import { acrossOrganisations, newReference, newTable, stepsMigration } from './1795363200000/steps';
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
   ${oneOf('take_fault', 'source', ['candidate', 'server'])}`,
  { app: 'SELECT, INSERT' },
  [`CREATE INDEX "ix_take_fault_interview" ON "take_fault" (organisation_id, interview_id)`],
);

const verdictCheck = (verdicts: readonly string[]): string[] => [
  `ALTER TABLE "take" DROP CONSTRAINT "ck_take_verdict"`,
  `ALTER TABLE "take" ADD ${oneOf('take', 'verdict', verdicts)} NOT VALID`,
];

/**
 * What a fair clock needs: requests for adjustments that pause the deadline, evidence of technical faults, windows that
 * were issued before the deadline, and takes that lost a part.
 */
export const addFairClock = [
  stepsMigration('LoseAPartOfATake1795379460517', {
    up: [
      `ALTER TABLE "take" ADD "opened_late" boolean NOT NULL DEFAULT false, ADD "missing_seconds" double precision`,
      ...verdictCheck(['complete', 'partial', 'too_short', 'no_media']),
    ],
    down: [
      // What was salvaged stays playable; the older schema has no word for it but this.
      ...acrossOrganisations('take', [`UPDATE "take" SET verdict = 'complete' WHERE verdict = 'partial'`]),
      ...verdictCheck(['complete', 'too_short', 'no_media']),
      `ALTER TABLE "take" DROP "opened_late", DROP "missing_seconds"`,
    ],
  }),
  stepsMigration('ValidateVerdicts1795379460518', {
    up: [`ALTER TABLE "take" VALIDATE CONSTRAINT "ck_take_verdict"`],
    down: [],
  }),
  stepsMigration('LoseAPartOfAnAnswer1795379460519', {
    up: [`ALTER TABLE "answer" ADD "missing_seconds" double precision`],
    down: [`ALTER TABLE "answer" DROP "missing_seconds"`],
  }),
  stepsMigration('NoteContacts1795379460520', {
    up: [`ALTER TABLE "interview" ADD "windows_issued_at" timestamptz(3), ADD "late_since" timestamptz(3)`],
    down: [`ALTER TABLE "interview" DROP "windows_issued_at", DROP "late_since"`],
  }),
  stepsMigration('OfferAdjustments1795379460521', {
    up: [
      `ALTER TABLE "position"
         ADD "adjustment_policy" text NOT NULL DEFAULT 'self_service',
         ADD "adjustment_kinds" text[] NOT NULL DEFAULT '{think_time,answer_time,extra_takes,audio_only,text_answers,questions_in_advance}',
         ADD ${oneOf('position', 'adjustment_policy', ['self_service', 'ask'])}`,
    ],
    down: [`ALTER TABLE "position" DROP "adjustment_policy", DROP "adjustment_kinds"`],
  }),
  stepsMigration('AdjustLooks1795379460522', {
    up: [
      `ALTER TABLE "adjustment"
         ADD "larger_text" boolean NOT NULL DEFAULT false,
         ADD "reduced_motion" boolean NOT NULL DEFAULT false`,
    ],
    down: [`ALTER TABLE "adjustment" DROP "larger_text", DROP "reduced_motion"`],
  }),
  stepsMigration('AskForTimeOnce1795379460523', {
    up: [
      // Until now there could be several: the one asked last stays open.
      ...acrossOrganisations('time_request', [
        `UPDATE "time_request" r SET state = 'declined', decided_at = now()
         WHERE r.state = 'asked' AND EXISTS (
           SELECT 1 FROM "time_request" n WHERE n.organisation_id = r.organisation_id
             AND n.interview_id = r.interview_id AND n.state = 'asked' AND (n.asked_at, n.id) > (r.asked_at, r.id))`,
      ]),
      `CREATE UNIQUE INDEX "uq_time_request_open" ON "time_request" (organisation_id, interview_id) WHERE state = 'asked'`,
      `CREATE INDEX "ix_time_request_interview" ON "time_request" (organisation_id, interview_id)`,
    ],
    down: [`DROP INDEX "ix_time_request_interview"`, `DROP INDEX "uq_time_request_open"`],
  }),
  stepsMigration('AddAdjustmentRequests1795379460524', newTable(adjustmentRequest)),
  stepsMigration('AddTakeFaults1795379460525', newTable(takeFault)),
  stepsMigration(
    'ReferRequestsToMembers1795379460526',
    newReference('adjustment_request', 'decided_by', 'member'),
  ),
  stepsMigration(
    'ReferFaultsToInterviews1795379460527',
    newReference('take_fault', 'interview_id', 'interview', 'CASCADE'),
  ),
];
