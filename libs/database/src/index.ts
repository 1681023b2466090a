export * from './chunk-ledger';
export type { ConnectionLimits } from './connection';
export * from './database';
export * from './entities';
export * from './errors';
export { migrate } from './migrate';
export * from './ops/account-link.lookup';
export * from './ops/account.repository';
export * from './ops/candidate-session.repository';
export * from './ops/expiry.repository';
export * from './ops/hand-off.lookup';
export * from './ops/installation.repository';
export * from './ops/invitation.lookup';
export * from './ops/job-relay.repository';
export * from './ops/ops-repositories';
export * from './ops/staff-session.repository';
export {
  provisionRoles,
  urlOfDatabase,
  urlOfRole,
  type ProvisionOptions,
  type RolePasswords,
} from './provision';
export * from './repositories/account-link.repository';
export * from './repositories/adjustment.repository';
export * from './repositories/answer.repository';
export * from './repositories/audit.repository';
export * from './repositories/board.repository';
export * from './repositories/candidate-data.repository';
export * from './repositories/deadline.repository';
export * from './repositories/device.repository';
export * from './repositories/file.repository';
export * from './repositories/integrity.repository';
export * from './repositories/interview.repository';
export * from './repositories/invitation.repository';
export * from './repositories/media.repository';
export * from './repositories/member.repository';
export * from './repositories/outbox.repository';
export * from './repositories/position.repository';
export * from './repositories/probe.repository';
export * from './repositories/response.repository';
export * from './repositories/review.repository';
export * from './repositories/round.repository';
export * from './repositories/segment.repository';
export * from './repositories/session.repository';
export * from './repositories/take-fault.repository';
export * from './repositories/take.repository';
export * from './repositories/time-request.repository';
export * from './tenant-context';
