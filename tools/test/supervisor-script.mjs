// One part crashes at once, two keep running: prints what the supervisor did about it.
import { spawn } from 'node:child_process';
import { createSupervisor } from '../start/supervisor.mjs';
import { stopProcess } from '../services/processes.mjs';

let launches = 0;
const stopped = [];
let giveUp;
const givenUp = new Promise((resolve) => (giveUp = resolve));
const record = { add: () => undefined, remove: () => undefined };
const supervisor = createSupervisor({ record, onGivenUp: giveUp, firstWaitMs: 5 });
const node = (code) => spawn(process.execPath, ['--eval', code], { stdio: 'ignore' });
const running = (name) => ({
  name,
  launch: async () => node('setInterval(() => {}, 1000)'),
  end: async (child) => {
    await stopProcess(child);
    stopped.push(name);
  },
});
await supervisor.add(running('first'));
await supervisor.add(running('second'));
const crash = async () => {
  launches += 1;
  return node('process.exit(3)');
};
await supervisor.add({ name: 'crashing', launch: crash });
const name = await givenUp;
await supervisor.stop();
console.log(JSON.stringify({ launches, givenUp: name, stopped }));
