import type { DataSource } from 'typeorm';

/** A statement that each connection plans once. Its text is fixed: values come as parameters. */
export interface NamedStatement {
  /** Unique in this process: the server keeps the plan under it. */
  name: string;
  text: string;
}

interface Answer<Row> {
  rows: Row[];
}

/** What a pool lends in pipeline mode: queries are sent at once, and answered in their order. */
interface PipelinedClient {
  query<Row>(query: string | (NamedStatement & { values: unknown[] })): Promise<Answer<Row>>;
}

const enterOrganisation: NamedStatement = {
  name: 'enter-organisation',
  text: `SELECT set_config('app.organisation', $1, true)`,
};

/** Asks one statement outside any transaction of ours. */
export async function ask<Row>(
  source: DataSource,
  statement: NamedStatement,
  values: unknown[],
): Promise<Row[]> {
  const [answer] = await lend(source, (client) => [client.query<Row>({ ...statement, values })]);
  return answer!.rows;
}

/**
 * Runs one statement in a transaction of its own inside an organisation, in a single round trip: begin, the
 * organisation, the statement and commit are sent together. When one of them fails the server refuses the rest and
 * the commit undoes everything, so the statement can never run outside its organisation or be kept by half.
 */
export async function askInOrganisation<Row>(
  source: DataSource,
  organisationId: string,
  statement: NamedStatement,
  values: unknown[],
): Promise<Row[]> {
  const answers = await lend(source, (client) => [
    client.query<Row>('BEGIN'),
    client.query<Row>({ ...enterOrganisation, values: [organisationId] }),
    client.query<Row>({ ...statement, values }),
    client.query<Row>('COMMIT'),
  ]);
  return answers[2]!.rows;
}

/** Lends a connection for queries that are all sent before any is answered. @throws the first that failed */
async function lend<Row>(
  source: DataSource,
  send: (client: PipelinedClient) => Promise<Answer<Row>>[],
): Promise<Answer<Row>[]> {
  const runner = source.createQueryRunner();
  try {
    // Given back only when the last has been answered: whoever gets the connection next must find it idle.
    const settled = await Promise.allSettled(send((await runner.connect()) as PipelinedClient));
    return settled.map((outcome) => {
      if (outcome.status === 'rejected') throw outcome.reason;
      return outcome.value;
    });
  } finally {
    await runner.release();
  }
}
