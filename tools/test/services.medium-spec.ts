import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { resolve } from 'node:path';
import { Client } from 'pg';

const script = (name: string) => resolve(__dirname, name);

function accepts(url: string): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.once('connect', () => done(true)).once('error', () => done(false));
    socket.once('connect', () => socket.destroy());
  });
}

describe('throw-away services', () => {
  it('answer with their password, refuse without, and leave nothing behind', async () => {
    const child = spawn(process.execPath, [script('services-script.mjs')], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.on('data', (text) => (output += text));
    while (!output.includes('{')) await once(child.stdout, 'data');
    const { databaseUrl, redisUrl } = JSON.parse(output.slice(output.indexOf('{')));

    const client = new Client({ connectionString: databaseUrl });
    await client.connect();
    const { rows } = await client.query("SELECT current_setting('server_version_num')::int AS version");
    await client.end();
    expect(rows[0].version).toBeGreaterThanOrEqual(180_000);
    const wrong = new URL(databaseUrl);
    wrong.password = 'guess';
    await expect(new Client({ connectionString: wrong.href }).connect()).rejects.toThrow(/password/);
    expect(await accepts(redisUrl)).toBe(true);

    child.stdin.write('stop\n');
    await once(child, 'exit');
    expect(await accepts(databaseUrl)).toBe(false);
    expect(await accepts(redisUrl)).toBe(false);
  });
});

describe('the supervisor', () => {
  it('restarts a part that ends, gives up after five times, and stops the rest in reverse', () => {
    const output = execFileSync(process.execPath, [script('supervisor-script.mjs')], { encoding: 'utf8' });
    const { launches, givenUp, stopped } = JSON.parse(output.trim().split('\n').pop() ?? '');
    expect(launches).toBe(6);
    expect(givenUp).toBe('crashing');
    expect(stopped).toEqual(['second', 'first']);
  });
});
