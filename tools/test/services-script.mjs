// Starts the throw-away services, says what they are, and stops them when told to on stdin.
import { once } from 'node:events';
import { findProgram } from '../bootstrap/programs.mjs';
import { startThrowAwayServices } from '../services/throw-away.mjs';

const services = await startThrowAwayServices({ redis: findProgram('redis') });
console.log(JSON.stringify({ databaseUrl: services.databaseUrl, redisUrl: services.redisUrl }));
await once(process.stdin, 'data');
await services.stop();
process.exit();
