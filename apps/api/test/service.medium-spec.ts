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
