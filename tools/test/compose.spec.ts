import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseEnvExample } from '@fairtake/server-kit/testing';
import { parse } from 'yaml';

interface Service {
  image: string;
  build?: { target: string; dockerfile: string };
  environment?: Record<string, string>;
  ports?: string[];
  networks: string[];
  volumes?: string[];
  profiles?: string[];
  command?: string[];
  restart: string;
  read_only?: boolean;
  cap_drop?: string[];
  cap_add?: string[];
  security_opt?: string[];
  healthcheck?: { test: string[] };
  depends_on?: Record<string, { condition: string }>;
}

const root = path.join(__dirname, '../..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const text = read('docker-compose.yml');
const compose = parse(text, { merge: true }) as {
  services: Record<string, Service>;
  networks: Record<string, { internal?: boolean }>;
  volumes: Record<string, unknown>;
};
const services = Object.entries(compose.services);
const dockerfile = read('docker/Dockerfile');

/** What .env.example says a process reads; tests of the applications compare it with their schemas. */
const readBy = (process: string): string[] =>
  [...parseEnvExample(read('.env.example'))]
    .filter(([, variable]) => variable.readBy.includes(process))
    .map(([name]) => name);

/** Variables that an image sets for its process. */
const setIn = (target: string): string[] => {
  const [, stage = ''] =
    new RegExp(`FROM \\S+ AS ${target}\\n([\\s\\S]*?)(?=\\nFROM |$)`).exec(dockerfile) ?? [];
  return [...stage.matchAll(/^ENV (.+)$/gm)].flatMap(([, line]) =>
    line!.split(' ').map((pair) => pair.split('=')[0]!),
  );
};

describe.each(['api', 'worker'])('the environment of %s', (name) => {
  const given = Object.keys(compose.services[name]!.environment!);

  it('names nothing that the process does not read', () => {
    const unread = given.filter((variable) => !readBy(name).includes(variable));
    expect(unread).toEqual([]);
  });

  it('gives everything a real installation needs', () => {
    const needed = ['DATABASE_URL', 'OPS_DATABASE_URL', 'REDIS_URL', 'STORAGE_KIND', 'LOG_LEVEL'];
    const s3 = readBy(name).filter((variable) => variable.startsWith('S3_'));
    const own = name === 'api' ? ['PUBLIC_URL', 'TRUSTED_PROXIES'] : ['FFMPEG_THREADS', 'FINISH_CONCURRENCY'];
    expect(given).toEqual(expect.arrayContaining([...needed, ...s3, ...own]));
  });

  it('leaves to the image only what the process or Node reads', () => {
    const fromNode = ['TMPDIR'];
    const set = [...setIn('server'), ...setIn(name)];
    expect(set).toContain('NODE_ENV');
    expect(set.filter((variable) => ![...readBy(name), ...fromNode, 'COMMIT'].includes(variable))).toEqual(
      [],
    );
  });
});

test('the disk variant gives api and worker the same folder', () => {
  const disk = parse(read('docker/compose.disk.yml'), { merge: true }) as typeof compose;
  for (const name of ['api', 'worker']) {
    const { environment, volumes } = disk.services[name]!;
    expect(environment).toEqual({ STORAGE_KIND: 'disk', STORAGE_DIRECTORY: '/var/lib/fairtake/storage' });
    expect(volumes).toEqual([`recordings:${environment!.STORAGE_DIRECTORY}`]);
    for (const variable of Object.keys(environment!)) expect(readBy(name)).toContain(variable);
  }
});

test('the one-shot services get what their programs read', () => {
  const asked = (file: string): string[] =>
    [...read(file).matchAll(/(?:process\.env\.|\n\s*'|read\(')([A-Z][A-Z_]+)/g)].map(([, name]) => name!);
  const provision = asked('libs/database/src/provision-cli.ts');
  expect(provision).toHaveLength(4);
  expect(Object.keys(compose.services.roles!.environment!).sort()).toEqual([...provision].sort());
  expect(Object.keys(compose.services.migrate!.environment!)).toEqual(
    asked('libs/database/src/migrate-cli.ts'),
  );
});

test('no service starts with a secret that is missing, and none is written down', () => {
  const secret = /PASSWORD|SECRET|ACCESS_KEY|_KEY\b/;
  const interpolated = [...text.matchAll(/\$\{([A-Z_]+)(:[?-][^}]*)?\}/g)];
  const secrets = interpolated.filter(([, name]) => secret.test(name!));
  expect(secrets.length).toBeGreaterThan(10);
  for (const [, name, rule] of secrets) expect([name, rule?.slice(0, 2)]).toEqual([name, ':?']);
  for (const [name, { environment = {} }] of services)
    for (const [variable, value] of Object.entries(environment))
      if (secret.test(variable))
        expect([name, variable, value]).toEqual([name, variable, expect.stringMatching(/^\$\{/)]);
});

test('only the proxy is reached from outside, and the mailbox from this machine', () => {
  const published = services.flatMap(([name, { ports = [] }]) => ports.map((port) => `${name} ${port}`));
  expect(published).toEqual(['web 80:80', 'web 443:443', 'web 443:443/udp', 'mailpit 127.0.0.1:8025:8025']);
  expect(compose.services.mailpit!.profiles).toEqual(['trial']);
  expect(compose.networks.inner!.internal).toBe(true);
  for (const [name, { networks }] of services)
    if (!['web', 'api', 'mailpit'].includes(name)) expect([name, networks]).toEqual([name, ['inner']]);
});

test('every service runs without rights it does not need', () => {
  for (const [name, service] of services) {
    expect([name, service.read_only, service.cap_drop, service.security_opt]).toEqual([
      name,
      true,
      ['ALL'],
      ['no-new-privileges:true'],
    ]);
    expect([name, service.restart]).toEqual([
      name,
      ['roles', 'migrate'].includes(name) ? 'on-failure:5' : 'unless-stopped',
    ]);
  }
  expect(services.filter(([, { cap_add }]) => cap_add).map(([name]) => name)).toEqual(['web']);
  // The last USER of each image of ours is not root; the others say who they are in the compose file.
  for (const target of ['api', 'worker', 'proxy', 'store']) {
    const stage = dockerfile
      .slice(dockerfile.search(new RegExp(`^FROM .* AS ${target}$`, 'm')))
      .split('\nFROM ')[0]!;
    const own = [...stage.matchAll(/^USER (\S+)$/gm)].at(-1)?.[1] ?? 'node';
    expect([target, own]).toEqual([target, expect.stringMatching(/^(node|1000:1000)$/)]);
  }
});

test('images have a fixed version, and every build target exists', () => {
  const own = new Set(services.filter(([, { build }]) => build).map(([, { image }]) => image));
  const images = services.map(([, { image }]) => image).filter((image) => !own.has(image));
  const bases = [...dockerfile.matchAll(/^FROM (\S+) AS/gm)]
    .map(([, image]) => image!)
    .filter((i) => i.includes(':'));
  expect(bases).toHaveLength(3);
  for (const image of [...images, ...bases]) expect(image).toMatch(/:v?\d+\.\d+/);
  for (const [, { build }] of services)
    if (build) expect(dockerfile).toMatch(new RegExp(`^FROM .* AS ${build.target}$`, 'm'));
});

test('what is waited for can be waited for, and volumes are declared', () => {
  for (const [name, { depends_on = {}, volumes = [] }] of services) {
    for (const [needed, { condition }] of Object.entries(depends_on)) {
      const other = compose.services[needed]!;
      const able =
        condition === 'service_healthy'
          ? other.healthcheck !== undefined
          : other.restart.startsWith('on-failure');
      expect([name, needed, able]).toEqual([name, needed, true]);
    }
    for (const volume of volumes) expect(Object.keys(compose.volumes)).toContain(volume.split(':')[0]);
  }
  expect(compose.services.redis!.command).toEqual(expect.arrayContaining(['--appendonly', 'noeviction']));
});

test('every file the images are built from is there and not ignored', () => {
  const copied = [...dockerfile.matchAll(/^COPY (docker\/\S+) /gm)].map(([, file]) => file!);
  expect(copied.length).toBeGreaterThan(1);
  for (const file of [...copied, 'docker/gather-release.sh', 'tools/build.mjs', 'package-lock.json'])
    expect([file, existsSync(path.join(root, file))]).toEqual([file, true]);
  const ignored = read('.dockerignore').split('\n');
  for (const folder of ['apps', 'libs', 'tools', 'e2e', 'docker', 'package-lock.json'])
    expect(ignored).not.toContain(folder);
  for (const kept of ['**/.env', '.data', '.git', '**/node_modules']) expect(ignored).toContain(kept);
});
