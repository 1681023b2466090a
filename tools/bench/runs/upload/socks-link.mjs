import { connect, createServer } from 'node:net';
import { leftAtMs } from './bound.mjs';

/** About 16 ms of 1 Mbit/s: small enough that a short request does not wait long behind a long one. */
const PIECE_BYTES = 2 * 1024;
/** What a connection may have in the queue of the link; with less, one connection could not fill 1 Mbit/s at 100 ms. */
const HELD_BYTES = 16 * 1024;
const OPEN = { bitsPerSecond: 1e9, roundTripMs: 0, dark: [] };

/**
 * A link in front of local servers, spoken to as a SOCKS5 proxy, so that each browser context can have its own and
 * every address stays the real one. What clients send shares one paced line; both directions take their time and
 * stand still in blackouts. An opened connection costs one round trip. Unshaped until `begin`.
 *
 * @returns {Promise<{ address: string, begin(link: object): void, end(): void, close(): void }>} `begin` starts the
 *   clock the link's blackouts refer to
 */
export async function openSocksLink() {
  const up = createLine();
  const down = createLine();
  const sockets = new Set();
  const options = { highWaterMark: PIECE_BYTES, allowHalfOpen: true };
  const server = createServer(options, (client) => {
    keep(client, sockets);
    greet(client, (port) => {
      const target = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
      keep(target, sockets);
      // Either end broke: the other must notice.
      for (const socket of [client, target])
        socket.on('close', () => [client, target].forEach((one) => one.destroy()));
      target.once('connect', () => {
        up.send(0, () =>
          down.send(0, () => {
            if (client.writable) client.write(SUCCEEDED);
            carry(client, target, up);
            carry(target, client, down);
          }),
        );
      });
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const use = ({ bitsPerSecond, roundTripMs, dark }) => {
    const startMs = performance.now();
    up.use({ startMs, bitsPerSecond, dark, delayMs: roundTripMs / 2 });
    down.use({ startMs, bitsPerSecond: OPEN.bitsPerSecond, dark, delayMs: roundTripMs / 2 });
  };
  use(OPEN);
  return {
    address: `socks5://127.0.0.1:${server.address().port}`,
    begin: use,
    end: () => use(OPEN),
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

function keep(socket, sockets) {
  sockets.add(socket);
  socket.setNoDelay(true);
  socket.on('close', () => sockets.delete(socket));
  socket.on('error', () => socket.destroy());
}

const SUCCEEDED = Buffer.from([5, 0, 0, 1, 127, 0, 0, 1, 0, 0]);

/** RFC 1928 without authentication. Whatever is asked for, only this machine is reached. */
function greet(client, onPort) {
  let received = Buffer.alloc(0);
  let greeted = false;
  const read = (data) => {
    received = Buffer.concat([received, data]);
    if (!greeted) {
      if (received.length < 2 || received.length < 2 + received[1]) return;
      received = received.subarray(2 + received[1]);
      greeted = true;
      client.write(Buffer.from([5, 0]));
    }
    const portAt = portOffset(received);
    if (portAt === null || received.length < portAt + 2) return;
    client.off('data', read);
    client.pause();
    onPort(received.readUInt16BE(portAt));
  };
  client.on('data', read);
}

/** Where the port stands in a request, by the kind of its address; null while that is not known. */
function portOffset(request) {
  if (request.length < 5) return null;
  const addressBytes = { 1: 4, 4: 16, 3: 1 + request[4] }[request[3]];
  return 4 + addressBytes;
}

function carry(from, to, line) {
  let heldBytes = 0;
  from.on('data', (data) => {
    heldBytes += data.length;
    if (heldBytes > HELD_BYTES) from.pause();
    for (let at = 0; at < data.length; at += PIECE_BYTES) {
      const piece = data.subarray(at, at + PIECE_BYTES);
      line.send(piece.length, () => {
        heldBytes -= piece.length;
        if (heldBytes <= HELD_BYTES) from.resume();
        if (to.writable) to.write(piece);
      });
    }
  });
  from.on('end', () => line.send(0, () => to.end()));
  from.resume();
}

/** First in, first out: each piece leaves when those before it have, and arrives `delayMs` later. */
function createLine() {
  const travelling = [];
  let way = null;
  let freeAtMs = 0;
  let timer = null;

  function arrive() {
    timer = null;
    while (travelling.length > 0 && travelling[0].dueAtMs <= performance.now()) travelling.shift().deliver();
    if (travelling.length > 0) timer = setTimeout(arrive, travelling[0].dueAtMs - performance.now());
  }

  return {
    use(next) {
      way = next;
      freeAtMs = 0;
    },
    send(sizeBytes, deliver) {
      const nowMs = performance.now() - way.startMs;
      freeAtMs = leftAtMs(Math.max(nowMs, freeAtMs), sizeBytes, way);
      const dueAtMs = way.startMs + freeAtMs + way.delayMs;
      travelling.push({ dueAtMs: Math.max(dueAtMs, travelling.at(-1)?.dueAtMs ?? 0), deliver });
      if (timer === null) arrive();
    },
  };
}
