import net from 'node:net';
import tls from 'node:tls';

const timeoutMs = 2_000;

/**
 * Asks Redis for a PONG over a socket of its own. The api needs nothing else of Redis, and only libs/queue may bring a
 * client.
 *
 * @throws Error when there is no PONG within two seconds
 */
export async function pingRedis(redisUrl: string): Promise<void> {
  const url = new URL(redisUrl);
  const address = { host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port || 6379) };
  const socket =
    url.protocol === 'rediss:' ? tls.connect({ ...address, servername: address.host }) : net.connect(address);
  try {
    await new Promise<void>((resolve, reject) => {
      let answer = '';
      socket.setTimeout(timeoutMs, () => reject(new Error('Redis did not answer in time')));
      socket.once('error', reject);
      socket.once('close', () => reject(new Error('Redis closed the connection')));
      socket.on('data', (bytes: Buffer) => {
        answer += bytes.toString('latin1');
        if (answer.includes('+PONG')) resolve();
        else if (answer.startsWith('-')) reject(new Error('Redis refused the connection'));
      });
      socket.write(`${authentication(url)}${command('PING')}`);
    });
  } finally {
    socket.destroy();
  }
}

const authentication = (url: URL): string => {
  if (!url.password) return '';
  const credentials = [url.username, url.password].filter(Boolean).map(decodeURIComponent);
  return command('AUTH', ...credentials);
};

/** RESP array of bulk strings (redis.io, protocol specification). */
const command = (...words: string[]): string =>
  `*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join('')}`;
