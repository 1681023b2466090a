export { parseEnvExample, type DocumentedVariable } from './env-example';
