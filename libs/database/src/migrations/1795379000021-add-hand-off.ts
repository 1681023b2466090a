import { newReference, newTable, stepsMigration } from './1795363200000/steps';
import { reference, tenantKey, tenantTable } from './1795363200000/table';

const handOffCode = tenantTable(
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
     ${reference('hand_off_code', 'interview_id', 'interview', 'CASCADE')}`,
  { app: 'SELECT, INSERT, UPDATE', ops: 'SELECT' },
  [
    `CREATE INDEX "ix_hand_off_code_interview" ON "hand_off_code" (organisation_id, interview_id)`,
    `CREATE INDEX "ix_hand_off_code_invitation" ON "hand_off_code" (organisation_id, invitation_id)`,
  ],
);
const deviceLease = tenantTable(
  'device_lease',
  `organisation_id uuid NOT NULL,
     interview_id uuid NOT NULL,
     session_id uuid NOT NULL,
     seen_at timestamptz(3) NOT NULL,
     question_id uuid,
     recording boolean NOT NULL DEFAULT false,
     CONSTRAINT "pk_device_lease" PRIMARY KEY (organisation_id, interview_id),
     ${reference('device_lease', 'interview_id', 'interview', 'CASCADE')}`,
  { app: 'SELECT, INSERT, UPDATE, DELETE' },
  [
    `CREATE INDEX "ix_device_lease_session" ON "device_lease" (organisation_id, session_id)`,
    `CREATE INDEX "ix_device_lease_question" ON "device_lease" (organisation_id, question_id)`,
  ],
);

/** One device records an interview at a time, and can hand it to another by a short-lived code. */
export const addHandOff = [
  stepsMigration('NameDevices1795379000021', {
    up: [`ALTER TABLE "candidate_session" ADD COLUMN device_browser text, ADD COLUMN device_system text`],
    down: [`ALTER TABLE "candidate_session" DROP COLUMN device_browser, DROP COLUMN device_system`],
  }),
  stepsMigration('AddHandOffCodes1795379000022', newTable(handOffCode)),
  stepsMigration('AddDeviceLeases1795379000023', newTable(deviceLease)),
  stepsMigration(
    'ReferCodesToInvitations1795379000024',
    newReference('hand_off_code', 'invitation_id', 'invitation', 'CASCADE'),
  ),
  stepsMigration(
    'ReferLeasesToSessions1795379000025',
    newReference('device_lease', 'session_id', 'candidate_session', 'CASCADE'),
  ),
  stepsMigration(
    'ReferLeasesToQuestions1795379000026',
    newReference('device_lease', 'question_id', 'question', 'CASCADE'),
  ),
];
