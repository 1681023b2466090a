import type { FinalisedTake, SalvageTake } from '@fairtake/contracts';
import { Database, type TakeRow, type TenantContext } from '@fairtake/database';
import { AppError } from '@fairtake/server-kit';
import { Injectable } from '@nestjs/common';
import { requireOpenInterview } from '../candidate/open-interview';
import { Clock } from '../infrastructure.module';
import type { CandidateActor } from '../security/actors';
import { finalisedTake } from './finalised-take.mapper';
import { PlayablePartsService } from './playable-parts';
import { requireNotElsewhere } from './take-rules';

/**
 * The one way around "received whole" (I3), by the candidate's choice: their device has lost what is missing. Of each
 * segment the chunks up to its first gap are proved and kept, the seconds that are missing stand beside the answer from
 * then on, and every byte that arrived stays in the store.
 */
@Injectable()
export class TakeSalvagingService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly playableParts: PlayablePartsService,
  ) {}

  async salvage(candidate: CandidateActor, takeId: string, request: SalvageTake): Promise<FinalisedTake> {
    const { organisationId, interviewId } = candidate;
    const take = await this.database.inOrganisation(organisationId, (tx) =>
      this.requireOpenTake(tx, candidate, takeId),
    );
    if (take) {
      const parts = await this.playableParts.find(organisationId, take, request.durationMs);
      if (!parts) throw new AppError('nothing_to_salvage');
      await this.database.inOrganisation(organisationId, async (tx) => {
        if (!(await this.requireOpenTake(tx, candidate, takeId))) return;
        // A chunk arrived between looking and writing: there is more to keep than was looked at.
        if (!(await tx.takes.salvage(takeId, { ...parts, at: this.clock.now() })))
          throw new AppError('state_conflict');
      });
    }
    return this.database.inOrganisation(organisationId, async (tx) =>
      finalisedTake((await tx.takes.find(interviewId, takeId))!, await tx.segments.proved(takeId)),
    );
  }

  /** @returns null for a take that is closed: the same request again, or nothing that could be salvaged any more */
  private async requireOpenTake(
    tx: TenantContext,
    candidate: CandidateActor,
    takeId: string,
  ): Promise<TakeRow | null> {
    const { interviewId } = candidate;
    await tx.interviews.lock(interviewId);
    const take = await tx.takes.find(interviewId, takeId);
    if (!take) throw new AppError('not_found');
    if (take.state !== 'open') return null;
    await requireOpenInterview(tx, interviewId, take.questionId);
    requireNotElsewhere(take, candidate, this.clock.now());
    return take;
  }
}
