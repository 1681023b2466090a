import net from 'node:net';
import { expectProblem, refuses } from './abuse';
import { startTestApp, type TestApp } from './test-app';

let service: TestApp;
beforeAll(async () => {
  service = await startTestApp();
});
afterAll(() => service?.close());

test('it lives, is ready and says what it is', async () => {
  expect((await service.http.get('/healthz')).json()).toEqual({ status: 'ok' });
  expect((await service.http.get('/readyz')).json()).toEqual({
    status: 'ok',
    checks: { database: 'ok', redis: 'ok', storage: 'ok' },
  });
  expect((await service.http.get('/version')).json()).toMatchObject({ name: 'fairtake', commit: null });
});

test('without its Redis it is not ready, says which part is missing, and still lives', async () => {
  const alone = await startTestApp({ REDIS_URL: 'redis://127.0.0.1:1' });
  try {
    const reply = await alone.http.get('/readyz');
    expect(reply.status).toBe(503);
    expect(reply.json()).toMatchObject({
      status: 'unavailable',
      checks: { redis: 'unavailable', storage: 'ok' },
    });
    expect((await alone.http.get('/healthz')).status).toBe(200);
  } finally {
    await alone.close();
  }
});

describe('what is not there is a problem document', () => {
  refuses(
    () => service,
    [
      ['an unknown path', () => ({ method: 'GET', path: '/api/v1/nothing' }), 404, 'method_unknown'],
      ['an unknown method', () => ({ method: 'DELETE', path: '/api/v1/members' }), 404, 'method_unknown'],
      [
        'a path of another version',
        () => ({ method: 'GET', path: '/api/v2/session' }),
        404,
        'method_unknown',
      ],
      ['a page by POST', () => ({ method: 'POST', path: '/sign-in' }), 404, 'method_unknown'],
      ['a broken percent sign', () => ({ method: 'GET', path: '/api/docs/%ff' }), 400, 'params_invalid'],
      [
        'a file outside the docs',
        () => ({ method: 'GET', path: '/api/docs/..%2fpackage.json' }),
        400,
        'params_invalid',
      ],
    ],
  );
});

describe('pages', () => {
  const policyOf = async (path: string): Promise<string> =>
    String((await service.http.get(path)).headers['content-security-policy']);

  test.each(['/', '/positions', '/welcome', '/index.html', '/some/deep/link'])(
    '%s is the staff page with a nonce of its own',
    async (path) => {
      const [first, second] = [await service.http.get(path), await service.http.get(path)];
      const nonce = /content="([^"]+)"/.exec(first.text)?.[1];
      expect(first.text).toContain('staff');
      expect(nonce).toMatch(/^[A-Za-z0-9+/]{22}==$/);
      expect(first.headers['content-security-policy']).toContain(`style-src 'self' 'nonce-${nonce}'`);
      expect(first.headers['cache-control']).toBe('no-store');
      expect(second.text).not.toBe(first.text);
    },
  );

  test.each(['/i', '/i/', '/i/01890000-0000-7000-8000-000000000000/answer'])(
    "%s is the candidate's page, which needs no nonce",
    async (path) => {
      expect((await service.http.get(path)).text).toContain('candidate');
      expect(await policyOf(path)).not.toContain('nonce');
    },
  );

  test('an address that only begins like the candidate page is not it', async () => {
    expect((await service.http.get('/invoices')).text).toContain('staff');
  });

  test('no policy allows inline scripts or another site', async () => {
    for (const path of ['/', '/i', '/api/v1/session', '/api/docs']) {
      const policy = await policyOf(path);
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/script-src[^;]*unsafe|https?:|\*/);
    }
  });

  test('every reply keeps addresses, embedding and search engines out', async () => {
    for (const path of ['/', '/i', '/api/v1/session', '/healthz']) {
      const { headers } = await service.http.get(path);
      expect(headers).toMatchObject({
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
        'x-robots-tag': 'noindex, nofollow',
        'permissions-policy': expect.stringContaining(
          'camera=(self), microphone=(self), display-capture=(self)',
        ),
      });
      expect(headers['x-powered-by']).toBeUndefined();
    }
  });

  test('hashed files are kept for a year, missing ones are missing, and nothing outside is served', async () => {
    const file = await service.http.get('/assets/staff-1a2b3c.js');
    expect(file.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect((await service.http.get('/assets/gone.js')).status).toBe(404);
    const outside = await service.http.get('/assets/..%2f..%2fstorage');
    expect(outside.status).toBe(404);
  });

  test('the service worker is asked for anew each time, and may fetch from here alone', async () => {
    const { headers } = await service.http.get('/sw.js');
    expect(headers['cache-control']).toBe('no-cache');
    expect(headers['content-type']).toContain('javascript');
    expect(headers['content-security-policy']).toBe("default-src 'none'; connect-src 'self'");
  });

  test('a missing build says so', async () => {
    const bare = await startTestApp({ WEB_DIRECTORY: '/nonexistent' });
    try {
      const reply = await bare.http.get('/');
      expect(reply.status).toBe(503);
      expect(reply.text).toContain('npm run build');
    } finally {
      await bare.close();
    }
  });
});

test('the interface describes itself in OpenAPI 3.1, and the page shows it', async () => {
  const document = (await service.http.get('/api/openapi.json')).json<{ openapi: string; paths: object }>();
  expect(document.openapi).toBe('3.1.0');
  expect(Object.keys(document.paths)).toContain('/api/v1/members/{memberId}');
  expect((await service.http.get('/api/docs')).text).toContain('/api/docs/start.js');
  expect((await service.http.get('/api/docs/swagger-ui.css')).status).toBe(200);
});

test('a database that is gone is 503 with a time to come back, and tells nothing', async () => {
  const link = await startCuttableLink(service.urls.ops);
  const broken = await startTestApp({
    DATABASE_URL: throughPort(service.urls.app, link.port),
    OPS_DATABASE_URL: throughPort(service.urls.ops, link.port),
  });
  try {
    await link.cut();
    const cookies = [`fairtake=${'A'.repeat(43)}`];
    const reply = await broken.http.get('/api/v1/session', { cookies });
    expectProblem(reply, 503, 'unavailable');
    expect(Number(reply.headers['retry-after'])).toBeGreaterThan(0);
  } finally {
    await broken.close();
  }
});

test('a request cut in the middle of its body harms nobody', async () => {
  await new Promise<void>((resolve, reject) => {
    const socket = net.connect(service.http.port, '127.0.0.1', () => {
      socket.write(
        'POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\n' +
          'Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{"email":',
      );
      setImmediate(() => socket.destroy());
    });
    socket.once('close', () => resolve());
    socket.once('error', reject);
  });
  expectProblem(await service.http.get('/api/v1/session'), 401, 'signed_out');
});

/** Stands before PostgreSQL until `cut`: then connections end and new ones are refused. */
async function startCuttableLink(targetUrl: string): Promise<{ port: number; cut(): Promise<void> }> {
  const target = new URL(targetUrl);
  const sockets = new Set<net.Socket>();
  const server = net.createServer((near) => {
    const far = net.connect(Number(target.port), target.hostname);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
    }
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as net.AddressInfo).port,
    cut: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

const throughPort = (url: string, port: number): string => {
  const through = new URL(url);
  through.port = String(port);
  return through.href;
};
