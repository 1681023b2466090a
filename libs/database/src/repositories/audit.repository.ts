import { v7 as uuidv7 } from 'uuid';
import { AuditEvent } from '../entities';
import type { TenantContext } from '../tenant-context';

export type Actor =
  { kind: 'member'; id: string } | { kind: 'candidate'; id: string } | { kind: 'system'; id?: undefined };

export interface AuditEntry {
  actor: Actor;
  /** What happened, as `subject.verb`: `position.published`. */
  action: string;
  subjectKind: string;
  subjectId: string;
  /** Ids and settings, never names, addresses or texts of people: the log outlives an erasure. */
  detail?: Record<string, unknown>;
}

/** The append-only log. The application role has no right to change or delete what is in it. */
export class AuditRepository {
  constructor(private readonly tx: TenantContext) {}

  async record(entry: AuditEntry): Promise<void> {
    await this.tx.em.query(
      `INSERT INTO audit_event (organisation_id, id, actor_kind, actor_id, action, subject_kind, subject_id, detail)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        ...[this.tx.organisationId, uuidv7(), entry.actor.kind, entry.actor.id ?? null],
        ...[entry.action, entry.subjectKind, entry.subjectId],
        entry.detail ? JSON.stringify(entry.detail) : null,
      ],
    );
  }

  /** The newest events about one thing, newest first. */
  async listOf(subjectKind: string, subjectId: string, limit = 100): Promise<AuditEvent[]> {
    return this.tx.em.find(AuditEvent, {
      where: { organisationId: this.tx.organisationId, subjectKind, subjectId },
      order: { at: 'DESC', id: 'DESC' },
      take: limit,
    });
  }
}
