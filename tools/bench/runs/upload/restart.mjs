import { setTimeout as wait } from 'node:timers/promises';
import { until } from '../../../services/processes.mjs';
import { apiPid } from './servers.mjs';

/** From opening a page until its recording runs. */
const ARRIVING_MS = 2_500;
const BACK_TIMEOUT_MS = 60_000;

/** Kills the api, which its supervisor starts again, and the servers of the others, which are gone as long. */
export async function restartAtHalfTime({ folder, url, peers }, stopMs) {
  await wait(ARRIVING_MS + stopMs / 2);
  const pid = apiPid(folder);
  process.kill(pid, 'SIGKILL');
  await peers.kill();
  const answers = () =>
    fetch(`${url}/readyz`).then(
      (reply) => reply.ok,
      () => false,
    );
  await until(async () => apiPid(folder) !== pid && (await answers()), { timeoutMs: BACK_TIMEOUT_MS });
  await peers.start();
}
