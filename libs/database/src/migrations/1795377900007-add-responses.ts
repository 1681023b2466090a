import { acrossOrganisations, newReference, newTable, stepsMigration } from './1795363200000/steps';
import { oneOf, reference, tenantKey, tenantTable } from './1795363200000/table';

const response = tenantTable(
  'response',
  `organisation_id uuid NOT NULL,
     answer_id uuid NOT NULL,
     revision integer NOT NULL,
     content jsonb NOT NULL,
     saved_at timestamptz(3) NOT NULL DEFAULT now(),
     kept jsonb,
     kept_revision integer,
     CONSTRAINT "pk_response" PRIMARY KEY (organisation_id, answer_id),
     ${reference('response', 'answer_id', 'answer', 'CASCADE')},
     CONSTRAINT "ck_response_kept" CHECK ((kept IS NULL) = (kept_revision IS NULL))`,
  { app: 'SELECT, INSERT, UPDATE' },
);
const file = tenantTable(
  'file',
  `organisation_id uuid NOT NULL,
     id uuid NOT NULL,
     answer_id uuid NOT NULL,
     interview_id uuid NOT NULL,
     name text NOT NULL,
     size_bytes bigint NOT NULL,
     state text NOT NULL DEFAULT 'open',
     type text,
     storage_key text,
     sha256 text,
     opened_at timestamptz(3) NOT NULL DEFAULT now(),
     received_at timestamptz(3),
     ${tenantKey('file')},
     ${reference('file', 'answer_id', 'answer', 'CASCADE')},
     ${oneOf('file', 'state', ['open', 'received', 'kept', 'discarded'])},
     ${oneOf('file', 'type', ['pdf', 'docx', 'xlsx', 'pptx', 'odt', 'png', 'jpeg', 'webp', 'text', 'zip'])},
     CONSTRAINT "ck_file_size" CHECK (size_bytes > 0),
     CONSTRAINT "ck_file_received" CHECK (state NOT IN ('received', 'kept') OR (type IS NOT NULL AND storage_key IS NOT NULL AND sha256 IS NOT NULL AND received_at IS NOT NULL))`,
  { app: 'SELECT, INSERT, UPDATE, DELETE' },
  [
    `CREATE INDEX "ix_file_answer" ON "file" (organisation_id, answer_id)`,
    `CREATE INDEX "ix_file_interview" ON "file" (organisation_id, interview_id)`,
    // What housekeeping looks for: nothing of what stays kept.
    `CREATE INDEX "ix_file_abandoned" ON "file" (organisation_id, opened_at) WHERE state <> 'kept'`,
  ],
);
const filePiece = tenantTable(
  'file_piece',
  `organisation_id uuid NOT NULL,
     file_id uuid NOT NULL,
     index integer NOT NULL,
     size_bytes integer NOT NULL,
     sha256 text NOT NULL,
     storage_key text NOT NULL,
     received_at timestamptz(3) NOT NULL DEFAULT now(),
     CONSTRAINT "pk_file_piece" PRIMARY KEY (organisation_id, file_id, index),
     ${reference('file_piece', 'file_id', 'file', 'CASCADE')},
     CONSTRAINT "ck_file_piece_size" CHECK (size_bytes > 0)`,
  { app: 'SELECT, INSERT, DELETE' },
);

const keptCheck = (condition: string): string[] => [
  `ALTER TABLE "answer" DROP CONSTRAINT "ck_answer_kept"`,
  `ALTER TABLE "answer" ADD CONSTRAINT "ck_answer_kept" CHECK (${condition}) NOT VALID`,
];

/**
 * Answers that are written, chosen or sent as a file. `question.options` was never written or read; it becomes the
 * settings of every kind. An answer may now be kept without a take.
 */
export const addResponses = [
  stepsMigration('RenameQuestionSettings1795377900007', {
    up: [`ALTER TABLE "question" RENAME COLUMN "options" TO "settings"`],
    down: [`ALTER TABLE "question" RENAME COLUMN "settings" TO "options"`],
  }),
  stepsMigration('KeepWithoutTake1795377900008', {
    up: keptCheck('kept_take_id IS NULL OR kept_at IS NOT NULL'),
    down: [
      ...acrossOrganisations('answer', [
        `UPDATE "answer" SET kept_at = NULL, media_state = 'none', duration_seconds = NULL, playable_at = NULL, finished_at = NULL
         WHERE kept_take_id IS NULL AND kept_at IS NOT NULL`,
      ]),
      ...keptCheck('(kept_take_id IS NULL) = (kept_at IS NULL)'),
    ],
  }),
  stepsMigration('ValidateKeepWithoutTake1795377900009', {
    up: [`ALTER TABLE "answer" VALIDATE CONSTRAINT "ck_answer_kept"`],
    down: [],
  }),
  stepsMigration('AddResponses1795377900010', newTable(response)),
  stepsMigration('AddFiles1795377900011', newTable(file)),
  stepsMigration('AddFilePieces1795377900012', newTable(filePiece)),
  stepsMigration(
    'ReferFilesToInterviews1795377900013',
    newReference('file', 'interview_id', 'interview', 'CASCADE'),
  ),
];
