import type { TenantContext } from '../tenant-context';

/** Names of a device; null for what its browser did not say. */
export interface DeviceRow {
  browser: string | null;
  system: string | null;
}

/** The device that holds an interview. */
export interface HolderRow extends DeviceRow {
  sessionId: string;
  /** When it was last heard of: its own word, or a chunk of a recording of its. */
  seenAt: Date;
  questionId: string | null;
  recording: boolean;
}

/** A recording that was not received whole, and the device that has the rest of it. */
export interface UnsentRow {
  questionId: string;
  sessionId: string;
  leasedAt: Date;
  /** Null when its session is over. */
  device: DeviceRow | null;
}

/** The devices of one candidate, and the codes that move an interview between them. */
export class DeviceRepository {
  constructor(private readonly tx: TenantContext) {}

  async find(sessionId: string): Promise<DeviceRow> {
    const [row] = await this.tx.em.query<DeviceRow[]>(
      `SELECT device_browser AS browser, device_system AS system FROM candidate_session
       WHERE organisation_id = $1 AND id = $2`,
      [this.tx.organisationId, sessionId],
    );
    return row ?? { browser: null, system: null };
  }

  /** The invitation whose end ends a session. Null when the session is over. */
  async invitationOf(sessionId: string): Promise<string | null> {
    const [row] = await this.tx.em.query<{ invitationId: string }[]>(
      `SELECT invitation_id AS "invitationId" FROM candidate_session WHERE organisation_id = $1 AND id = $2`,
      [this.tx.organisationId, sessionId],
    );
    return row?.invitationId ?? null;
  }

  async holder(interviewId: string): Promise<HolderRow | null> {
    const [row] = await this.tx.em.query<HolderRow[]>(
      `SELECT l.session_id AS "sessionId", s.device_browser AS browser, s.device_system AS system,
              l.question_id AS "questionId", l.recording,
              greatest(l.seen_at, (SELECT max(t.leased_at) FROM take t WHERE t.organisation_id = $1
                AND t.interview_id = $2 AND t.state = 'open' AND t.lease_session_id = l.session_id)) AS "seenAt"
       FROM device_lease l
       JOIN candidate_session s ON s.organisation_id = l.organisation_id AND s.id = l.session_id
       WHERE l.organisation_id = $1 AND l.interview_id = $2`,
      [this.tx.organisationId, interviewId],
    );
    return row ?? null;
  }

  /** Makes a session the holder, or notes that the holder is still there. The caller holds the interview's row lock. */
  async hold(
    interviewId: string,
    holder: { sessionId: string; at: Date; questionId: string | null; recording: boolean },
  ): Promise<void> {
    await this.tx.em.query(
      `INSERT INTO device_lease (organisation_id, interview_id, session_id, seen_at, question_id, recording)
       VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT ON CONSTRAINT pk_device_lease DO UPDATE
         SET session_id = $3, seen_at = $4, question_id = $5, recording = $6`,
      [
        ...[this.tx.organisationId, interviewId, holder.sessionId, holder.at],
        ...[holder.questionId, holder.recording],
      ],
    );
  }

  /** Nobody holds the interview any more. */
  async release(interviewId: string): Promise<void> {
    await this.tx.em.query(`DELETE FROM device_lease WHERE organisation_id = $1 AND interview_id = $2`, [
      this.tx.organisationId,
      interviewId,
    ]);
  }

  /** Recordings begun by other sessions that are not whole. */
  unsent(interviewId: string, ownSessionId: string): Promise<UnsentRow[]> {
    return this.tx.em.query<UnsentRow[]>(
      `SELECT a.question_id AS "questionId", t.lease_session_id AS "sessionId", t.leased_at AS "leasedAt",
              CASE WHEN s.id IS NULL THEN NULL
                   ELSE jsonb_build_object('browser', s.device_browser, 'system', s.device_system) END AS device
       FROM take t
       JOIN answer a ON a.organisation_id = t.organisation_id AND a.id = t.answer_id
       LEFT JOIN candidate_session s ON s.organisation_id = t.organisation_id AND s.id = t.lease_session_id
       WHERE t.organisation_id = $1 AND t.interview_id = $2 AND t.state = 'open' AND t.lease_session_id <> $3
         AND a.erased_at IS NULL
       ORDER BY t.started_at`,
      [this.tx.organisationId, interviewId, ownSessionId],
    );
  }

  /** A text that changes with every take of the interview, and with whatever is saved or kept of its answers. */
  async progress(interviewId: string): Promise<string> {
    const [row] = await this.tx.em.query<{ progress: string | null }[]>(
      `SELECT md5(string_agg(part, ',' ORDER BY part)) AS progress FROM (
         SELECT t.id::text || t.state AS part FROM take t WHERE t.organisation_id = $1 AND t.interview_id = $2
         UNION ALL
         SELECT a.id::text || a.generation || coalesce(r.revision, 0) FROM answer a
         LEFT JOIN response r ON r.organisation_id = a.organisation_id AND r.answer_id = a.id
         WHERE a.organisation_id = $1 AND a.interview_id = $2 AND (a.generation > 0 OR r.revision > 0)) parts`,
      [this.tx.organisationId, interviewId],
    );
    return row?.progress ?? '';
  }

  /**
   * Makes the code of an interview. There is one at a time: the one before it ends, and leaves nothing behind. The
   * caller holds the interview's row lock.
   */
  async replaceCode(code: {
    id: string;
    interviewId: string;
    invitationId: string;
    tokenHash: Buffer;
    at: Date;
    expiresAt: Date;
  }): Promise<void> {
    const values = [
      ...[this.tx.organisationId, code.interviewId, code.id],
      ...[code.invitationId, code.tokenHash, code.at, code.expiresAt],
    ];
    const [, replaced] = (await this.tx.em.query(
      `UPDATE hand_off_code SET id = $3, invitation_id = $4, token_hash = $5, created_at = $6, expires_at = $7,
         revoked_at = NULL, exchange_id = NULL, used_at = NULL
       WHERE organisation_id = $1 AND interview_id = $2`,
      values,
    )) as [unknown, number];
    if (replaced > 0) return;
    await this.tx.em.query(
      `INSERT INTO hand_off_code (organisation_id, interview_id, id, invitation_id, token_hash, created_at, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      values,
    );
  }

  /** Ends the code of an interview. */
  async revokeCode(interviewId: string, at: Date): Promise<void> {
    await this.tx.em.query(
      `UPDATE hand_off_code SET revoked_at = $3
       WHERE organisation_id = $1 AND interview_id = $2 AND revoked_at IS NULL`,
      [this.tx.organisationId, interviewId, at],
    );
  }

  /** Uses a code up. @returns false when it is over, or was used by another opening */
  async useCode(id: string, exchangeId: string, at: Date): Promise<boolean> {
    const [, used] = (await this.tx.em.query(
      `UPDATE hand_off_code SET exchange_id = $3, used_at = coalesce(used_at, $4)
       WHERE organisation_id = $1 AND id = $2 AND revoked_at IS NULL AND expires_at > $4
         AND (exchange_id IS NULL OR exchange_id = $3)`,
      [this.tx.organisationId, id, exchangeId, at],
    )) as [unknown, number];
    return used > 0;
  }
}
