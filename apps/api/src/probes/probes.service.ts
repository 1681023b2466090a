import { createHash } from 'node:crypto';
import { limits, type ChunkReceipt, type ProbeChunkParams } from '@fairtake/contracts';
import { Database, violatedUnique, type ProbeRow, type TenantContext } from '@fairtake/database';
import { AppError } from '@fairtake/server-kit';
import { storageKeys, type Storage } from '@fairtake/storage';
import { Inject, Injectable } from '@nestjs/common';
import { Clock, STORAGE } from '../infrastructure.module';
import type { CandidateActor } from '../security/actors';

/** One chunk of a test clip as it came off the wire. */
export interface IncomingProbeChunk {
  params: ProbeChunkParams;
  /** Lower-case hex from the Content-Digest header. */
  sha256: string;
  body: Buffer;
}

/**
 * Test clips of the device check. They take the way of an answer's chunks (digest, durable bytes, row, reply), so
 * that what the check measures is what an answer will meet, and they are never part of one.
 */
@Injectable()
export class ProbesService {
  constructor(
    private readonly database: Database,
    @Inject(STORAGE) private readonly storage: Storage,
    private readonly clock: Clock,
  ) {}

  /** @returns `repeated` true when the same bytes were held already */
  async receive(
    candidate: CandidateActor,
    chunk: IncomingProbeChunk,
  ): Promise<{ receipt: ChunkReceipt; repeated: boolean }> {
    if (createHash('sha256').update(chunk.body).digest('hex') !== chunk.sha256)
      throw new AppError('digest_differs');
    const { probeId, index } = chunk.params;
    const { organisationId } = candidate;
    const receipt = { segment: 0, index, sizeBytes: chunk.body.length, sha256: chunk.sha256 };
    const storageKey = storageKeys.probeChunk({ organisationId, probeId, index, sha256: chunk.sha256 });
    if (await this.admitted(candidate, chunk, storageKey)) return { receipt, repeated: true };
    await this.storage.put(storageKey, chunk.body, { sha256: chunk.sha256, sizeBytes: chunk.body.length });
    const recorded = await this.database.inOrganisation(organisationId, (tx) =>
      tx.probes.markReceived(probeId, index, this.clock.now()),
    );
    if (!recorded) {
      // The check ended while these bytes were on their way: nothing may stay behind.
      await this.storage.delete(storageKey);
      throw new AppError('not_found');
    }
    return { receipt, repeated: false };
  }

  /** Removes a test clip. One that is gone, or never was, is removed as well. */
  async remove(candidate: CandidateActor, probeId: string): Promise<void> {
    const { organisationId, interviewId } = candidate;
    const mine = await this.database.inOrganisation(organisationId, async (tx) => {
      await tx.interviews.lock(interviewId);
      const probe = await tx.probes.find(probeId);
      if (probe?.interviewId !== interviewId) return false;
      // Rows first: a chunk that arrives now finds none, and takes its own bytes back.
      await tx.probes.remove(probeId, this.clock.now());
      return true;
    });
    if (mine) await this.storage.deletePrefix(storageKeys.probeFolder({ organisationId, probeId }));
  }

  private async admitted(
    candidate: CandidateActor,
    chunk: IncomingProbeChunk,
    storageKey: string,
  ): Promise<boolean> {
    try {
      return await this.database.inOrganisation(candidate.organisationId, (tx) =>
        this.admit(tx, candidate, chunk, storageKey),
      );
    } catch (error) {
      // Another organisation's id cannot clash; another interview's of this one is not yours.
      if (violatedUnique(error) === 'pk_probe') throw new AppError('not_found');
      throw error;
    }
  }

  /** Names the chunk, or finds it held. @returns true when the same bytes are held already */
  private async admit(
    tx: TenantContext,
    candidate: CandidateActor,
    chunk: IncomingProbeChunk,
    storageKey: string,
  ): Promise<boolean> {
    const { probeId, index } = chunk.params;
    const probe = await this.requireProbe(tx, candidate.interviewId, probeId);
    const held = await tx.probes.findChunk(probeId, index);
    if (held) {
      if (held.sha256 !== chunk.sha256) throw new AppError('chunk_differs');
      return held.received;
    }
    const full =
      probe.chunkCount >= limits.probeMaxChunks || probe.sizeBytes + chunk.body.length > limits.probeMaxBytes;
    if (full) throw new AppError('probe_too_large');
    const { body, sha256 } = chunk;
    await tx.probes.addChunk(probeId, { index, sizeBytes: body.length, sha256, storageKey });
    return false;
  }

  /** The probe this chunk belongs to, begun now if it is the first. Nothing is stored before consent. */
  private async requireProbe(tx: TenantContext, interviewId: string, probeId: string): Promise<ProbeRow> {
    await tx.interviews.lock(interviewId);
    const interview = await tx.interviews.find(interviewId);
    if (!interview) throw new AppError('not_found');
    if (!(await tx.interviews.hasConsentedOnce(interviewId))) throw new AppError('consent_missing');
    if (interview.state !== 'started') throw new AppError('interview_closed');
    const now = this.clock.now();
    const keptSince = new Date(now.getTime() - limits.probeKeptSeconds * 1000);
    const known = await tx.probes.find(probeId);
    if (known) {
      const usable = known.interviewId === interviewId && !known.removedAt && known.createdAt > keptSince;
      if (!usable) throw new AppError('not_found');
      return known;
    }
    if ((await tx.probes.countSince(interviewId, keptSince)) >= limits.probesMax)
      throw new AppError('too_many_requests', { retryAfterSeconds: 60 });
    await tx.probes.open(probeId, interviewId, now);
    return (await tx.probes.find(probeId))!;
  }
}
