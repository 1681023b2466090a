import type { QueueOptions } from 'bull';

type RedisOptions = Exclude<NonNullable<QueueOptions['redis']>, string>;

/**
 * How Bull connects. Every wait ends: a request fails after one reconnect instead of waiting for Redis to come back,
 * and a connection on which an answer is overdue is replaced (Bull's own blocking read lasts `drainDelay`).
 */
export function redisOptions(redisUrl: string): RedisOptions {
  const url = new URL(redisUrl);
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port || 6379),
    ...(url.username ? { username: decodeURIComponent(url.username) } : {}),
    ...(url.password ? { password: decodeURIComponent(url.password) } : {}),
    db: Number(url.pathname.slice(1) || 0),
    ...(url.protocol === 'rediss:' ? { tls: { servername: url.hostname } } : {}),
    connectTimeout: 2_000,
    maxRetriesPerRequest: 1,
    socketTimeout: 5_000,
    retryStrategy: (tries) => Math.min(tries * 100, 2_000),
  };
}
