import type { Database, Page } from '@fairtake/database';
import type { Storage } from '@fairtake/storage';
import { findGarbage } from './garbage';
import { gatherAnswers, gatherFiles, gatherTakes, pageSize } from './gather-facts';
import { HeldObjects } from './held-objects';
import { durableAcknowledgement } from './i1-durable-acknowledgement';
import { durableFile } from './i1-durable-files';
import { idempotentUpload } from './i2-idempotent-upload';
import { keptWhole, noSilentGap } from './i3-no-silent-gap';
import { answersEnd } from './i4-answers-end';
import { playableIsVerified, playlistInsideChunks } from './i5-playable-is-verified';
import { onceOnlyEffects, supersededOutputs } from './i6-once-only-effects';
import { redisIsDisposable } from './i7-redis-is-disposable';
import { outbox } from './i8-outbox';
import { lineOf, type Finding, type Note, type Violation } from './violation';

export interface CheckOptions {
  database: Database;
  storage: Storage;
  /** Reads every byte back and compares SHA-256 (default true); otherwise only sizes. */
  deep?: boolean;
  now?: Date;
  /** How long an answer may wait for a worker (default 1 h). */
  queueWaitMs?: number;
  /** Told of garbage and of jobs that were given up; without it storage is not listed. */
  onNote?: (note: Note) => void;
}

/** One page of one organisation. `last` is the id to go on behind, null at the end. */
interface Inspection {
  findings: Finding[];
  notes: Omit<Note, 'organisationId'>[];
  last: string | null;
}
type Inspect = (page: Page) => Promise<Inspection>;

const defaultQueueWaitMs = 60 * 60_000;

/**
 * Compares what PostgreSQL says with what storage has, for every organisation, and changes nothing. May run beside a
 * busy installation: what was seen is looked at a second time, so that work under way is not reported.
 *
 * @returns every violation; none when all promises hold
 * @throws DatabaseUnavailable, StorageUnavailable: then nothing is known
 */
export async function checkInvariants(options: CheckOptions): Promise<Violation[]> {
  const { database, storage, onNote, now = new Date() } = options;
  const violations: Violation[] = [];
  for (const organisationId of await database.ops.organisationIds())
    for (const inspect of inspections({ ...options, now }, organisationId))
      for await (const { findings, notes } of walk(inspect)) {
        violations.push(...findings.map((finding) => ({ ...finding, organisationId })));
        for (const note of notes) onNote?.({ ...note, organisationId });
      }
  if (onNote) for await (const note of findGarbage({ database, storage }, now)) onNote(note);
  return violations;
}

function inspections(options: CheckOptions & { now: Date }, organisationId: string): Inspect[] {
  const { database, storage, now, deep = true, queueWaitMs = defaultQueueWaitMs } = options;
  const objects = new HeldObjects(storage, deep);
  const takes: Inspect = async (page) => {
    const facts = await gatherTakes(database, objects, organisationId, page);
    const checks = [durableAcknowledgement, idempotentUpload, noSilentGap, playlistInsideChunks];
    const findings = facts.flatMap((take) => checks.flatMap((check) => check(take)));
    return { findings, notes: [], last: lastOf(facts) };
  };
  const answers: Inspect = async (page) => {
    const facts = await gatherAnswers(database, objects, organisationId, page);
    const checks = [keptWhole, playableIsVerified, onceOnlyEffects, outbox];
    const findings = facts.flatMap((answer) => [
      ...checks.flatMap((check) => check(answer)),
      ...answersEnd(answer, { now, queueWaitMs }),
    ]);
    const notes = facts.flatMap(supersededOutputs).map((message) => ({ kind: 'garbage' as const, message }));
    return { findings, notes, last: lastOf(facts) };
  };
  const files: Inspect = async (page) => {
    const facts = await gatherFiles(database, objects, organisationId, page);
    return { findings: facts.flatMap(durableFile), notes: [], last: lastOf(facts) };
  };
  const jobs: Inspect = async (page) => {
    const rows = await database.inOrganisation(organisationId, (tx) => tx.integrity.unfinishedJobs(page), {
      readOnly: true,
    });
    const notes = rows
      .filter((job) => job.state === 'dead')
      .map(({ id, name, attempts, lastError }) => ({
        kind: 'dead_job' as const,
        message: `${name} ${id} was given up after ${attempts} attempts: ${lastError ?? 'no reason noted'}`,
      }));
    return { findings: rows.flatMap((job) => redisIsDisposable(job, now)), notes, last: lastOf(rows) };
  };
  return [takes, answers, files, jobs];
}

/** Every page in turn. A page with findings is read again, and only what is still so is believed. */
async function* walk(inspect: Inspect): AsyncGenerator<Inspection> {
  let after: string | null = null;
  do {
    const page: Page = { after, limit: pageSize };
    const seen = await inspect(page);
    const again = seen.findings.length > 0 ? (await inspect(page)).findings.map(lineOf) : [];
    yield { ...seen, findings: seen.findings.filter((finding) => again.includes(lineOf(finding))) };
    after = seen.last;
  } while (after !== null);
}

const lastOf = (rows: readonly { id: string }[]): string | null =>
  rows.length < pageSize ? null : rows.at(-1)!.id;
