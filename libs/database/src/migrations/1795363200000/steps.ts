import type { MigrationInterface, QueryRunner } from 'typeorm';
import { reference } from './table';

/** Statements of one transaction, and those that undo them. */
export interface Steps {
  up: readonly string[];
  down: readonly string[];
}

/**
 * A migration of plain statements. One touches one table that is in use at most: a transaction that holds the lock of
 * one and waits for another's would wait for requests that wait for it.
 */
export function stepsMigration(name: string, { up, down }: Steps): new () => MigrationInterface {
  const migration = class implements MigrationInterface {
    name = name;

    async up(runner: QueryRunner): Promise<void> {
      for (const statement of up) await runner.query(statement);
    }

    async down(runner: QueryRunner): Promise<void> {
      for (const statement of down) await runner.query(statement);
    }
  };
  Object.defineProperty(migration, 'name', { value: name });
  return migration;
}

/** A new table. It locks what it refers to until the transaction ends, so it refers to one table that is in use. */
export const newTable = ({ name, up }: { name: string; up: string[] }): Steps => ({
  up,
  down: [`DROP TABLE "${name}" CASCADE`],
});

/** What a new table refers to beside: each reference locks its target, so each is a migration of its own. */
export const newReference = (table: string, column: string, target: string, onDelete?: string): Steps => ({
  up: [`ALTER TABLE "${table}" ADD ${reference(table, column, target, onDelete)}`],
  down: [`ALTER TABLE "${table}" DROP CONSTRAINT "fk_${table}_${column}"`],
});

/**
 * Lets the schema's owner see the rows of every organisation for the statements given: without a context even the owner
 * sees none, and an UPDATE would change nothing. The lock on the table lasts for the transaction.
 */
export const acrossOrganisations = (table: string, statements: readonly string[]): string[] => [
  `ALTER TABLE "${table}" NO FORCE ROW LEVEL SECURITY`,
  ...statements,
  `ALTER TABLE "${table}" FORCE ROW LEVEL SECURITY`,
];
