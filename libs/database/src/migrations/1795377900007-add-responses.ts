import type { MigrationInterface, QueryRunner } from 'typeorm';
import { oneOf, reference, tenantKey, tenantTable, type TableStep } from './1795363200000/table';

const tables: TableStep[] = [
  tenantTable(
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
  ),
  tenantTable(
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
     ${reference('file', 'interview_id', 'interview', 'CASCADE')},
     ${oneOf('file', 'state', ['open', 'received', 'kept', 'discarded'])},
     ${oneOf('file', 'type', ['pdf', 'docx', 'xlsx', 'pptx', 'odt', 'png', 'jpeg', 'webp', 'text', 'zip'])},
     CONSTRAINT "ck_file_size" CHECK (size_bytes > 0),
     CONSTRAINT "ck_file_received" CHECK (state NOT IN ('received', 'kept') OR (type IS NOT NULL AND storage_key IS NOT NULL AND sha256 IS NOT NULL AND received_at IS NOT NULL))`,
    { app: 'SELECT, INSERT, UPDATE, DELETE' },
    [
      `CREATE INDEX "ix_file_answer" ON "file" (organisation_id, answer_id)`,
      `CREATE INDEX "ix_file_interview" ON "file" (organisation_id, interview_id)`,
    ],
  ),
  tenantTable(
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
  ),
];

/**
 * Answers that are written, chosen or sent as a file. `question.options` was never written or read; it becomes the
 * settings of every kind. An answer may now be kept without a take.
 */
export class AddResponses1795377900007 implements MigrationInterface {
  name = 'AddResponses1795377900007';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE "question" RENAME COLUMN "options" TO "settings"`);
    await runner.query(`ALTER TABLE "answer" DROP CONSTRAINT "ck_answer_kept"`);
    await runner.query(
      `ALTER TABLE "answer" ADD CONSTRAINT "ck_answer_kept" CHECK (kept_take_id IS NULL OR kept_at IS NOT NULL)`,
    );
    for (const table of tables) for (const statement of table.up) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [...tables].reverse()) await runner.query(`DROP TABLE "${table.name}" CASCADE`);
    await runner.query(
      `UPDATE "answer" SET kept_at = NULL, media_state = 'none', duration_seconds = NULL, playable_at = NULL, finished_at = NULL
       WHERE kept_take_id IS NULL AND kept_at IS NOT NULL`,
    );
    await runner.query(`ALTER TABLE "answer" DROP CONSTRAINT "ck_answer_kept"`);
    await runner.query(
      `ALTER TABLE "answer" ADD CONSTRAINT "ck_answer_kept" CHECK ((kept_take_id IS NULL) = (kept_at IS NULL))`,
    );
    await runner.query(`ALTER TABLE "question" RENAME COLUMN "settings" TO "options"`);
  }
}
