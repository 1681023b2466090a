import type { HandOffCode, OpenHandOff } from '@fairtake/contracts';
import { Database, type HandOffRecord } from '@fairtake/database';
import { nameDevice } from '@fairtake/domain';
import { AppError } from '@fairtake/server-kit';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { candidateSessionMs } from '../candidate/candidate-session.service';
import { Clock } from '../infrastructure.module';
import type { CandidateActor } from '../security/actors';
import { FailureLimits, linkKeys } from '../security/failure-limits';
import { hashToken, newToken } from '../security/tokens';
import { claimInterview } from './device-claim';

/** Long enough to find the phone and point it at the screen. */
const codeLivesMs = 10 * 60 * 1000;

/** Moves an interview to another device by a code that works once. */
@Injectable()
export class HandOffService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly failures: FailureLimits,
  ) {}

  /** A new code; the ones before it end. */
  create(candidate: CandidateActor): Promise<HandOffCode> {
    return this.database.inOrganisation(candidate.organisationId, async (tx) => {
      const { interviewId, sessionId } = candidate;
      await tx.interviews.lock(interviewId);
      const interview = await tx.interviews.find(interviewId);
      if (!interview) throw new AppError('not_found');
      if (interview.state !== 'invited' && interview.state !== 'started')
        throw new AppError('interview_closed');
      const token = newToken();
      const at = this.clock.now();
      const expiresAt = new Date(at.getTime() + codeLivesMs);
      const invitationId = await tx.devices.invitationOf(sessionId);
      if (invitationId === null) throw new AppError('signed_out');
      await tx.devices.replaceCode({
        ...{ id: uuidv7(), interviewId, invitationId },
        ...{ tokenHash: hashToken(token), at, expiresAt },
      });
      return { token, expiresAt: expiresAt.toISOString() };
    });
  }

  /**
   * Opens a code on another device, which holds the interview from now on. Unknown, used, expired and revoked codes
   * answer alike.
   */
  async open(
    request: OpenHandOff,
    from: { address: string; userAgent: string },
  ): Promise<{ interviewId: string; sessionToken: string }> {
    const code = await this.failures.attempt(linkKeys(from.address), () => this.use(request));
    const sessionToken = newToken();
    const { browser, system } = nameDevice(from.userAgent);
    const { organisationId, interviewId } = code;
    const sessionId = await this.database.ops.candidateSessions.create({
      ...{ organisationId, interviewId, invitationId: code.invitationId },
      ...{ tokenHash: hashToken(sessionToken), deviceBrowser: browser, deviceSystem: system },
      expiresAt: new Date(this.clock.now().getTime() + candidateSessionMs),
    });
    await this.database.inOrganisation(organisationId, async (tx) => {
      await tx.interviews.lock(interviewId);
      await tx.interviews.markOpened(interviewId);
      const place = { questionId: null, recording: false };
      await claimInterview(tx, { organisationId, interviewId, sessionId }, place, {
        ...{ takeOver: true, now: this.clock.now() },
      });
      await tx.audit.record({
        actor: { kind: 'candidate', id: interviewId },
        action: 'interview.handed_off',
        subjectKind: 'interview',
        subjectId: interviewId,
      });
    });
    return { interviewId, sessionToken };
  }

  private async use({ token, exchangeId }: OpenHandOff): Promise<HandOffRecord> {
    const code = await this.database.ops.handOffs.findByTokenHash(hashToken(token));
    if (!code) throw new AppError('hand_off_unknown');
    await this.database.inOrganisation(code.organisationId, async (tx) => {
      await tx.interviews.lock(code.interviewId);
      const interview = await tx.interviews.find(code.interviewId);
      const underWay = interview?.state === 'invited' || interview?.state === 'started';
      if (!underWay || !(await tx.devices.useCode(code.handOffId, exchangeId, this.clock.now())))
        throw new AppError('hand_off_unknown');
    });
    return code;
  }
}
