import type { JobName, JobPayload } from '@fairtake/contracts';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { Organisation } from '../identity/organisation.entity';

/** Work that has to happen: the job table. Redis only delivers it. */
@Entity('outbox')
@Unique('uq_outbox_dedupe', ['organisationId', 'name', 'dedupeKey'])
@ForeignKey(() => Organisation, ['organisationId'], ['id'], { name: 'fk_outbox_organisation' })
@Check('ck_outbox_state', "state IN ('pending', 'enqueued', 'done', 'dead')")
@Index('ix_outbox_pending', ['organisationId', 'name', 'availableAt', 'id'], { where: "state = 'pending'" })
@Index('ix_outbox_enqueued', ['organisationId', 'name', 'enqueuedAt'], { where: "state = 'enqueued'" })
export class Outbox {
  @PrimaryColumn('uuid', { name: 'organisation_id', primaryKeyConstraintName: 'pk_outbox' })
  organisationId!: string;

  @PrimaryColumn('uuid', { name: 'id', primaryKeyConstraintName: 'pk_outbox' })
  id!: string;

  @Column('text', { name: 'name' })
  name!: JobName;

  @Column('jsonb', { name: 'payload' })
  payload!: JobPayload<JobName>;

  @Column('text', { name: 'dedupe_key' })
  dedupeKey!: string;

  @Column('text', { name: 'state', default: 'pending' })
  state!: 'pending' | 'enqueued' | 'done' | 'dead';

  /** Runs that count against the registry's `attempts`: begun, and not ended by a fault of the surroundings. */
  @Column('smallint', { name: 'attempts', default: 0 })
  attempts!: number;

  /** How often it was handed to its queue. Names a delivery: what an older one reports is not believed. */
  @Column('integer', { name: 'deliveries', default: 0 })
  deliveries!: number;

  @Column('timestamp with time zone', { name: 'available_at', precision: 3, default: () => 'now()' })
  availableAt!: Date;

  /** When it was handed over, or the last sign of life since: seen waiting in the queue, or running. */
  @Column('timestamp with time zone', { name: 'enqueued_at', precision: 3, nullable: true })
  enqueuedAt!: Date | null;

  @Column('timestamp with time zone', { name: 'done_at', precision: 3, nullable: true })
  doneAt!: Date | null;

  @Column('text', { name: 'last_error', nullable: true })
  lastError!: string | null;

  @Column('timestamp with time zone', { name: 'created_at', precision: 3, default: () => 'now()' })
  createdAt!: Date;
}
