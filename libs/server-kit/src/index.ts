export { AppError, type AppErrorOptions } from './app-error';
export {
  ConfigInvalid,
  loadConfig,
  variablesOf,
  type Config,
  type ConfigGroup,
  type ConfigGroups,
  type Environment,
} from './config';
export {
  databaseVariables,
  faultVariables,
  httpVariables,
  logVariables,
  redisVariables,
  storageVariables,
} from './config-groups';
export { Failpoints } from './failpoints';
export { createLogger, describeError, NestLogger, type Logger, type LoggerOptions } from './logger';
export { toAppError, toProblem } from './problem';
export { ProblemFilter } from './problem-filter';
export { currentRequestId, inRequestContext } from './request-context';
export { requestLog } from './request-log';
export { SchemaPipe, toFieldErrors, type SchemaIssue } from './schema-pipe';
export { drainServer, stopOnSignal, type DrainOptions } from './shutdown';
