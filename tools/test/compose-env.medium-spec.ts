import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.join(__dirname, '../..');
const text = readFileSync(path.join(root, 'docker-compose.yml'), 'utf8');

describe('create-env.sh', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'fairtake-env-'))));
  afterEach(() => rmSync(folder, { recursive: true }));
  const create = (domain: string, file = path.join(folder, '.env')) =>
    spawnSync('sh', [path.join(root, 'docker/create-env.sh'), domain, file], { encoding: 'utf8' });
  const lines = (): Map<string, string> =>
    new Map(
      readFileSync(path.join(folder, '.env'), 'utf8')
        .split('\n')
        .filter((line) => /^[A-Z]/.test(line))
        .map((line) => line.split('=') as [string, string]),
    );

  it('writes every variable that compose insists on, each secret its own and safe inside an address', () => {
    expect(create('hire.example.org').status).toBe(0);
    const written = lines();
    const required = new Set([...text.matchAll(/\$\{([A-Z_]+):\?/g)].map(([, name]) => name!));
    expect([...written.keys()].sort()).toEqual([...required].sort());
    expect(written.get('DOMAIN')).toBe('hire.example.org');
    const secrets = [...written].filter(([name]) => name !== 'DOMAIN').map(([, value]) => value);
    expect(new Set(secrets).size).toBe(secrets.length);
    for (const value of secrets) expect(value).toMatch(/^(GK[0-9a-f]{24}|[0-9a-f]{48}|[0-9a-f]{64})$/);
    expect(statSync(path.join(folder, '.env')).mode & 0o777).toBe(0o600);
  });

  it('keeps a file that is there, and refuses what is no host name', () => {
    create('one.example.org');
    const before = lines();
    expect(create('two.example.org')).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/exists already/),
    });
    expect(lines()).toEqual(before);
    for (const wrong of ['https://a.org', 'a.org:8443', 'a.org/x', '-a.org', 'a b', '$(id)', ''])
      expect([wrong, create(wrong, path.join(folder, 'other')).status]).toEqual([
        wrong,
        wrong === '' ? 2 : 1,
      ]);
    expect(readdirSync(folder)).toEqual(['.env']);
  });
});
