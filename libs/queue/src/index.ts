export {
  JobTakenOver,
  JobTimedOut,
  PermanentJobError,
  QueueUnavailable,
  TransientJobError,
  WorkerStopping,
} from './errors';
export { assertHandlers, type JobHandler, type JobHandlers, type RunningJob } from './job-handler';
export { DeliveredJob, deliveryId, JobQueues } from './job-queues';
export { JobRunner, runnerTiming, type RunnerTiming } from './job-runner';
export { OutboxRelay, relayTiming, type RelayTiming } from './outbox-relay';
export { outcomeOf, type Outcome, type Standing } from './outcome';
export { QueueModule, type QueueModuleOptions } from './queue.module';
