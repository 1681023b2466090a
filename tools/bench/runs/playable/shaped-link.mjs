import { createServer, connect } from 'node:net';

/** Pieces of about 6 ms at 5 Mbit/s: small requests need not wait for a whole socket buffer of others. */
const PIECE_BYTES = 4 * 1024;
/** What one connection may have under way here before its sender is held back, as a router's queue would. */
const HELD_BYTES = 64 * 1024;

/**
 * A thin link in front of local servers: what clients send shares one paced line, and both directions take their
 * time. It stands for a network namespace with tbf, which needs privileges.
 *
 * @param {{ upBitsPerSecond: number, delayMs: number }} options `delayMs` is one way
 * @returns `route(port)` gives the port whose connections lead to the server at `port`; `close` ends all of them
 */
export function openShapedLink({ upBitsPerSecond, delayMs }) {
  const up = createLine({ bytesPerMs: upBitsPerSecond / 8 / 1000, delayMs });
  const down = createLine({ bytesPerMs: Number.POSITIVE_INFINITY, delayMs });
  const servers = [];
  const sockets = new Set();

  function join(client, port) {
    const server = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    for (const socket of [client, server]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('close', () => sockets.delete(socket));
      // Either end broke: the other must notice.
      socket.on('error', () => [client, server].forEach((one) => one.destroy()));
    }
    carry(client, server, up);
    carry(server, client, down);
  }

  return {
    async route(port) {
      const server = createServer({ allowHalfOpen: true }, (client) => join(client, port));
      servers.push(server);
      await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
      return server.address().port;
    },
    close() {
      for (const server of servers) server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
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
}

/** First in, first out: each piece leaves when those before it have, and arrives `delayMs` later. */
function createLine({ bytesPerMs, delayMs }) {
  const travelling = [];
  let freeAtMs = 0;
  let timer = null;

  function arrive() {
    timer = null;
    while (travelling.length > 0 && travelling[0].dueAtMs <= performance.now()) travelling.shift().deliver();
    if (travelling.length > 0) timer = setTimeout(arrive, travelling[0].dueAtMs - performance.now());
  }

  return {
    send(sizeBytes, deliver) {
      freeAtMs = Math.max(performance.now(), freeAtMs) + sizeBytes / bytesPerMs;
      travelling.push({ dueAtMs: freeAtMs + delayMs, deliver });
      if (timer === null) arrive();
    },
  };
}
