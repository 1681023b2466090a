/** One table of a migration: its name (for `down`) and the statements that make it, walls included. */
export interface TableStep {
  name: string;
  up: string[];
}

export interface Walls {
  /** What the application role may do inside its own organisation. */
  app: string;
  /** What the cross-organisation role may do, with a policy of its own; absent means nothing at all. */
  ops?: string;
}

const currentOrganisation = `nullif(current_setting('app.organisation', true), '')::uuid`;

/**
 * A table whose rows belong to one organisation: forced row-level security for reading and writing, so that even its
 * owner sees nothing without a context.
 */
export function tenantTable(name: string, body: string, walls: Walls, more: string[] = []): TableStep {
  return {
    name,
    up: [
      `CREATE TABLE "${name}" (${body})`,
      ...more,
      ...force(name),
      `CREATE POLICY "${name}_tenant" ON "${name}" USING (organisation_id = ${currentOrganisation}) WITH CHECK (organisation_id = ${currentOrganisation})`,
      `GRANT ${walls.app} ON "${name}" TO fairtake_app`,
      ...(walls.ops ? opsAccess(name, walls.ops) : []),
    ],
  };
}

/** A table that stands above organisations (accounts, sessions). `visible` limits what the application role sees. */
export function globalTable(
  name: string,
  body: string,
  ops: string,
  app?: { grant: string; visible: string },
  more: string[] = [],
): TableStep {
  return {
    name,
    up: [
      `CREATE TABLE "${name}" (${body})`,
      ...more,
      ...force(name),
      ...opsAccess(name, ops),
      ...(app
        ? [
            `CREATE POLICY "${name}_tenant" ON "${name}" FOR SELECT TO fairtake_app USING (${app.visible})`,
            `GRANT ${app.grant} ON "${name}" TO fairtake_app`,
          ]
        : []),
    ],
  };
}

const force = (name: string): string[] => [
  `ALTER TABLE "${name}" ENABLE ROW LEVEL SECURITY`,
  `ALTER TABLE "${name}" FORCE ROW LEVEL SECURITY`,
];

const opsAccess = (name: string, grant: string): string[] => [
  `CREATE POLICY "${name}_ops" ON "${name}" TO fairtake_ops USING (true) WITH CHECK (true)`,
  `GRANT ${grant} ON "${name}" TO fairtake_ops`,
];

/** Composite foreign key: a row can never point into another organisation. */
export function reference(table: string, column: string, target: string, onDelete = 'NO ACTION'): string {
  return `CONSTRAINT "fk_${table}_${column}" FOREIGN KEY (organisation_id, ${column}) REFERENCES "${target}" (organisation_id, id) ON DELETE ${onDelete}`;
}

export const belongsToOrganisation = (table: string): string =>
  `CONSTRAINT "fk_${table}_organisation" FOREIGN KEY (organisation_id) REFERENCES "organisation" (id)`;

export const tenantKey = (table: string): string =>
  `CONSTRAINT "pk_${table}" PRIMARY KEY (organisation_id, id)`;

export const oneOf = (table: string, column: string, values: readonly string[]): string =>
  `CONSTRAINT "ck_${table}_${column}" CHECK (${column} IN (${values.map((v) => `'${v}'`).join(', ')}))`;
