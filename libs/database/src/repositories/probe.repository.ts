import type { TenantContext } from '../tenant-context';

export interface ProbeRow {
  id: string;
  interviewId: string;
  sizeBytes: number;
  chunkCount: number;
  createdAt: Date;
  removedAt: Date | null;
}

export interface ProbeChunkRow {
  index: number;
  sizeBytes: number;
  sha256: string;
  storageKey: string;
}

/** Test clips of device checks. The caller holds the interview's row lock while it adds to one. */
export class ProbeRepository {
  constructor(private readonly tx: TenantContext) {}

  async find(probeId: string): Promise<ProbeRow | null> {
    const [row] = await this.tx.em.query<ProbeRow[]>(
      `SELECT id, interview_id AS "interviewId", size_bytes AS "sizeBytes", chunk_count AS "chunkCount",
              created_at AS "createdAt", removed_at AS "removedAt"
       FROM probe WHERE organisation_id = $1 AND id = $2`,
      [this.tx.organisationId, probeId],
    );
    return row ?? null;
  }

  /** Test clips an interview has begun since, removed ones too. */
  async countSince(interviewId: string, since: Date): Promise<number> {
    const [row] = await this.tx.em.query<{ count: number }[]>(
      `SELECT count(*)::integer AS count FROM probe
       WHERE organisation_id = $1 AND interview_id = $2 AND created_at > $3`,
      [this.tx.organisationId, interviewId, since],
    );
    return row!.count;
  }

  async open(probeId: string, interviewId: string, at: Date): Promise<void> {
    await this.tx.em.query(
      `INSERT INTO probe (organisation_id, id, interview_id, created_at) VALUES ($1, $2, $3, $4)`,
      [this.tx.organisationId, probeId, interviewId, at],
    );
  }

  async findChunk(probeId: string, index: number): Promise<(ProbeChunkRow & { received: boolean }) | null> {
    const [row] = await this.tx.em.query<(ProbeChunkRow & { received: boolean })[]>(
      `SELECT index, size_bytes AS "sizeBytes", sha256, storage_key AS "storageKey",
              received_at IS NOT NULL AS received
       FROM probe_chunk WHERE organisation_id = $1 AND probe_id = $2 AND index = $3`,
      [this.tx.organisationId, probeId, index],
    );
    return row ?? null;
  }

  /** Names the chunk before its bytes are stored. */
  async addChunk(probeId: string, chunk: ProbeChunkRow): Promise<void> {
    await this.tx.em.query(
      `INSERT INTO probe_chunk (organisation_id, probe_id, index, size_bytes, sha256, storage_key)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [this.tx.organisationId, probeId, chunk.index, chunk.sizeBytes, chunk.sha256, chunk.storageKey],
    );
    await this.tx.em.query(
      `UPDATE probe SET size_bytes = size_bytes + $3, chunk_count = chunk_count + 1
       WHERE organisation_id = $1 AND id = $2`,
      [this.tx.organisationId, probeId, chunk.sizeBytes],
    );
  }

  /** @returns false when the probe was removed while the bytes were on their way */
  async markReceived(probeId: string, index: number, at: Date): Promise<boolean> {
    const [, changed] = (await this.tx.em.query(
      `UPDATE probe_chunk SET received_at = $4 WHERE organisation_id = $1 AND probe_id = $2 AND index = $3`,
      [this.tx.organisationId, probeId, index, at],
    )) as [unknown, number];
    return changed > 0;
  }

  /** Takes the chunks' rows away and keeps the probe's, so that tries can be counted. */
  async remove(probeId: string, at: Date): Promise<void> {
    await this.tx.em.query('DELETE FROM probe_chunk WHERE organisation_id = $1 AND probe_id = $2', [
      this.tx.organisationId,
      probeId,
    ]);
    await this.tx.em.query(
      `UPDATE probe SET removed_at = coalesce(removed_at, $3) WHERE organisation_id = $1 AND id = $2`,
      [this.tx.organisationId, probeId, at],
    );
  }

  /** Removes probes begun before, with their chunks' rows. The caller has removed the bytes. @returns how many */
  async forget(begunBefore: Date): Promise<number> {
    const [, removed] = (await this.tx.em.query(
      'DELETE FROM probe WHERE organisation_id = $1 AND created_at <= $2',
      [this.tx.organisationId, begunBefore],
    )) as [unknown, number];
    return removed;
  }
}
