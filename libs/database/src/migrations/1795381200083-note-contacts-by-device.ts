import { acrossOrganisations, stepsMigration } from './1795363200000/steps';
import { oneOf } from './1795363200000/table';

const stateCheck = (states: readonly string[]): string[] => [
  `ALTER TABLE "time_request" DROP CONSTRAINT "ck_time_request_state"`,
  `ALTER TABLE "time_request" ADD ${oneOf('time_request', 'state', states)}`,
];

/**
 * Contacts around the deadline belong to a device: one that merely watches must not speak for the one that records
 * offline. A request for more time ends with its interview.
 */
export const noteContactsByDevice = [
  stepsMigration('NoteContactsByDevice1795381200083', {
    up: [
      `ALTER TABLE "candidate_session" ADD "windows_issued_at" timestamptz(3), ADD "late_since" timestamptz(3)`,
      `GRANT UPDATE (windows_issued_at, late_since) ON "candidate_session" TO fairtake_app`,
    ],
    down: [`ALTER TABLE "candidate_session" DROP "windows_issued_at", DROP "late_since"`],
  }),
  stepsMigration('WithdrawTimeRequests1795381200084', {
    up: stateCheck(['asked', 'granted', 'declined', 'withdrawn']),
    down: [
      ...acrossOrganisations('time_request', [
        `UPDATE "time_request" SET state = 'declined' WHERE state = 'withdrawn'`,
      ]),
      ...stateCheck(['asked', 'granted', 'declined']),
    ],
  }),
  stepsMigration('ForgetContactsOfInterviews1795381200085', {
    up: [`ALTER TABLE "interview" DROP "windows_issued_at", DROP "late_since"`],
    down: [`ALTER TABLE "interview" ADD "windows_issued_at" timestamptz(3), ADD "late_since" timestamptz(3)`],
  }),
];
