/* Runs as a process of its own, so that making requests costs the measuring process nothing: its parent sends one
   task and gets the latencies back. */
import { Agent, request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

const BODY = (sizeBytes) => Buffer.alloc(sizeBytes, 'fairtake ');

/** One request, its reply read to the end. @returns {Promise<{ status: number, headers: object }>} */
function send(agent, { port, method, path, headers, body }) {
  return new Promise((resolve, reject) => {
    const out = request({ agent, port, host: '127.0.0.1', method, path, headers }, (reply) => {
      reply.resume();
      reply.on('error', reject);
      reply.on('end', () => resolve({ status: reply.statusCode, headers: reply.headers }));
    });
    out.on('error', reject);
    out.end(body);
  });
}

const lengthOf = (body) => ({ 'Content-Length': body.length });

/** Each maker answers what the next request is; all of one connection go through the same one. */
const MAKERS = {
  /** Our chunks, the takes in turn: no take gets more than a real one would. */
  chunks({ port, body, targets }) {
    let turn = 0;
    return async () => {
      const target = targets[turn++ % targets.length];
      const path = `${target.path}/${target.next++}`;
      return { port, method: 'PUT', path, headers: { ...target.headers, ...lengthOf(body) }, body };
    };
  },
  /** Appends to one upload after the other: what a tus client does with its chunks. */
  patches({ port, body, agent, uploadBytes }) {
    let upload = null;
    let offset = 0;
    return async () => {
      if (upload === null || offset + body.length > uploadBytes) {
        const headers = { 'Tus-Resumable': '1.0.0', 'Upload-Length': uploadBytes, 'Content-Length': 0 };
        const created = await send(agent, { port, method: 'POST', path: '/files', headers });
        upload = new URL(created.headers.location, 'http://localhost').pathname;
        offset = 0;
      }
      const headers = {
        'Tus-Resumable': '1.0.0',
        'Upload-Offset': offset,
        'Content-Type': 'application/offset+octet-stream',
        ...lengthOf(body),
      };
      offset += body.length;
      return { port, method: 'PATCH', path: upload, headers, body };
    };
  },
  /** An upload for each piece, created and filled by one request: an object of its own, as our chunks are. */
  creations({ port, body }) {
    const headers = {
      'Tus-Resumable': '1.0.0',
      'Upload-Length': body.length,
      'Content-Type': 'application/offset+octet-stream',
      ...lengthOf(body),
    };
    return async () => ({ port, method: 'POST', path: '/files', headers, body });
  },
};

/** As fast as so many connections go. */
async function flood({ kind, connections, warmUpMs, measuredMs, bodyBytes, targets, ...rest }) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections + 1 });
  const body = BODY(bodyBytes);
  const startMs = performance.now() + warmUpMs;
  const result = { latenciesMs: [], failures: {} };
  const connection = async (at) => {
    const mine = targets?.filter((_, index) => index % connections === at);
    const next = MAKERS[kind]({ ...rest, agent, body, targets: mine });
    while (performance.now() < startMs + measuredMs)
      await timed(agent, await next(), result, startMs, measuredMs);
  };
  await Promise.all(Array.from({ length: connections }, (_, at) => connection(at)));
  agent.destroy();
  return { ...result, next: targets?.map((target) => target.next) };
}

/** Each target at its own pace, whether or not the answer to its last request is there. */
async function pace({ kind, everyMs, measuredMs, bodyBytes, targets, ...rest }) {
  const agent = new Agent({ keepAlive: true, maxSockets: targets.length * 2 });
  const body = BODY(bodyBytes);
  const startMs = performance.now();
  const result = { latenciesMs: [], failures: {} };
  const candidate = async (target, at) => {
    const next = MAKERS[kind]({ ...rest, agent, body, targets: [target] });
    const sent = [];
    // Nobody records in step with the others.
    for (
      let dueMs = startMs + (at * everyMs) / targets.length;
      dueMs < startMs + measuredMs;
      dueMs += everyMs
    ) {
      await wait(Math.max(0, dueMs - performance.now()));
      sent.push(timed(agent, await next(), result, startMs, measuredMs * 2));
    }
    await Promise.all(sent);
  };
  await Promise.all(targets.map(candidate));
  agent.destroy();
  return result;
}

/** Counts what was answered inside the measured time. */
async function timed(agent, one, { latenciesMs, failures }, startMs, measuredMs) {
  const sentMs = performance.now();
  const outcome = await send(agent, one).then(
    ({ status }) => status,
    (error) => error.code ?? 'broken',
  );
  const doneMs = performance.now();
  if (doneMs < startMs || doneMs > startMs + measuredMs) return;
  if (outcome >= 200 && outcome < 300) latenciesMs.push(doneMs - sentMs);
  else failures[outcome] = (failures[outcome] ?? 0) + 1;
}

process.once('message', async ({ mode, ...task }) => {
  process.send(await (mode === 'flood' ? flood(task) : pace(task)));
  process.disconnect();
});
