import { spawn } from 'node:child_process';
import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  checkFfmpeg,
  InfrastructureError,
  locateFfmpeg,
  MediaCrashed,
  MediaTimeout,
  remux,
  withJobDirectory,
  type FfmpegTools,
} from '@fairtake/media';
import { makeClip } from '@fairtake/media/testing';
import { openBench, type Bench } from './media-bench';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(async () => {
  expect(await bench.leftovers()).toEqual([]);
  await bench.close();
});

/** Waits for a condition, with a deadline: never for a time. */
async function until(what: string, condition: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`Waited in vain for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** What only Linux's kernel does (death signal, resource limits, network namespaces) is only asked of it. */
const onLinux = process.platform === 'linux' ? it : it.skip;

/** A process that is gone or only waits to be collected by whoever inherited it. */
async function isDead(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch {
    return true;
  }
  if (process.platform !== 'linux') return false;
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '0 (gone) Z');
  return / [ZX]/.test(status.slice(status.lastIndexOf(')') + 1));
}

const readPids = async (path: string) =>
  (await readFile(path, 'utf8').catch(() => '')).trim().split(/\s+/).filter(Boolean).map(Number);

/** Runs `remux` with a shell script in place of ffmpeg. `$PWD` of the script is the job directory. */
async function withStub<T>(
  script: string,
  work: (run: {
    jobDirectory: string;
    start: (options?: { timeoutMs?: number; signal?: AbortSignal }) => Promise<unknown>;
  }) => Promise<T>,
  limits: Parameters<typeof locateFfmpeg>[0] = {},
): Promise<T> {
  const clip = await makeClip({ seconds: 1, container: 'webm', videoCodec: null, audioCodec: 'opus' });
  return bench.withFile(clip, 'webm', async (file) => {
    const ffmpegPath = join(file.jobDirectory, 'stub');
    await writeFile(ffmpegPath, `#!/bin/sh\n${script}\n`);
    await chmod(ffmpegPath, 0o755);
    const tools = await locateFfmpeg({ ...limits, ffmpegPath });
    const outputPath = join(file.jobDirectory, 'out');
    const start = (options = {}) => remux(tools, { ...file, durationSeconds: 1, outputPath, ...options });
    return work({ jobDirectory: file.jobDirectory, start });
  });
}

/** Writes its own and its child's process id, then hangs. */
const hanging = '/bin/sleep 600 & echo $$ $! > pids; wait';
const stubborn = `trap '' TERM; ${hanging}; ${hanging}`;

describe('a process that hangs', () => {
  it.each([hanging, stubborn])('is killed with its group at the time limit: %s', async (script) => {
    await withStub(script, async ({ jobDirectory, start }) => {
      await expect(start({ timeoutMs: 500 })).rejects.toBeInstanceOf(MediaTimeout);
      const pids = await readPids(join(jobDirectory, 'pids'));
      expect(pids).toHaveLength(2);
      await until('the group to die', async () => (await Promise.all(pids.map(isDead))).every(Boolean));
    });
  });

  it('is killed with its group when the job is cancelled, and the reason comes back', async () => {
    await withStub(hanging, async ({ jobDirectory, start }) => {
      const stop = new AbortController();
      const reason = new Error('lease lost');
      const running = start({ signal: stop.signal });
      const pidsPath = join(jobDirectory, 'pids');
      const ended = expect(running).rejects.toBe(reason);
      await until('the stub to start', async () => (await readPids(pidsPath)).length === 2);
      stop.abort(reason);
      await ended;
      const pids = await readPids(pidsPath);
      await until('the group to die', async () => (await Promise.all(pids.map(isDead))).every(Boolean));
      await expect(start({ signal: stop.signal })).rejects.toBe(reason);
    });
  });

  onLinux('dies when its parent is killed', async () => {
    expect(bench.tools.containment.diesWithParent).toBe(true);
    await withStub('echo $$ > pids; exec /bin/sleep 600', async ({ jobDirectory }) => {
      const parent = spawn(
        process.execPath,
        [
          ...['--require', join(__dirname, 'register-typescript.cjs'), join(__dirname, 'doomed-parent.ts')],
          ...[join(jobDirectory, 'stub'), jobDirectory],
        ],
        { stdio: ['ignore', 'ignore', 'inherit'] },
      );
      const gone = new Promise((resolve) => parent.once('exit', resolve));
      const pidsPath = join(jobDirectory, 'pids');
      await until('the stub to start', async () => (await readPids(pidsPath)).length === 1);
      const [pid] = await readPids(pidsPath);
      expect(await isDead(pid!)).toBe(false);
      parent.kill('SIGKILL');
      await gone;
      await until('the stub to die', () => isDead(pid!));
    });
  });
});

describe('a process that misbehaves', () => {
  it('is reported as crashed with the end of what it said', async () => {
    await withStub('echo last words >&2; kill -SEGV $$', async ({ start }) => {
      const error = await start().catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(MediaCrashed);
      expect(error).toMatchObject({ exitSignal: 'SIGSEGV', stderrTail: 'last words' });
    });
  });

  it('may talk without end: only the last 8 KiB are kept', async () => {
    const flood = '/usr/bin/head -c 3000000 /dev/zero | /usr/bin/tr "\\0" x';
    await withStub(`${flood}; ${flood} >&2; exit 3`, async ({ start }) => {
      const error = (await start().catch((thrown: unknown) => thrown)) as MediaCrashed;
      expect(error).toMatchObject({ exitCode: 3 });
      expect(error.stderrTail).toHaveLength(8 * 1024);
    });
  });

  onLinux('cannot write more than its limit', async () => {
    const script = '/usr/bin/head -c 3000000 /dev/zero > big || kill -XFSZ $$';
    await withStub(
      script,
      async ({ jobDirectory, start }) => {
        await expect(start()).rejects.toMatchObject({ reason: 'too_large' });
        expect((await stat(join(jobDirectory, 'big'))).size).toBe(1_000_000);
      },
      { outputLimitBytes: 1_000_000 },
    );
  });

  onLinux('sees no environment, no network and lower priority', async () => {
    const script = [
      '/usr/bin/tr "\\\\0" "\\\\n" < /proc/self/environ > environment',
      '/bin/cat /proc/net/dev > interfaces',
      '/usr/bin/nice > niceness',
    ].join('\n');
    await withStub(
      script,
      async ({ jobDirectory, start }) => {
        // The stub writes no output file, so remux fails afterwards.
        await start().catch(() => undefined);
        const text = (name: string) => readFile(join(jobDirectory, name), 'utf8');
        // `sh` sets PWD by itself.
        expect((await text('environment')).split('\n').filter((line) => !/^(PWD=.*|)$/.test(line))).toEqual(
          [],
        );
        expect((await text('niceness')).trim()).toBe('12');
        if (bench.tools.containment.hasNoNetwork) {
          expect((await text('interfaces')).match(/^\s*(\w+):/gm)?.map((name) => name.trim())).toEqual([
            'lo:',
          ]);
        }
      },
      { niceness: 12 },
    );
  });
});

describe('faults of this machine', () => {
  it('are not blamed on the media', async () => {
    await expect(locateFfmpeg({ ffmpegPath: 'no-such-ffmpeg' })).rejects.toBeInstanceOf(InfrastructureError);
    const gone: FfmpegTools = { ...bench.tools, ffmpegPath: '/no/such/ffmpeg' };
    const clip = await makeClip({ seconds: 1, container: 'webm', videoCodec: null, audioCodec: 'opus' });
    await bench.withFile(clip, 'webm', async (file) => {
      const options = { ...file, durationSeconds: 1, outputPath: join(file.jobDirectory, 'out') };
      await expect(remux(gone, options)).rejects.toBeInstanceOf(InfrastructureError);
      const missing = { ...options, inputPath: join(file.jobDirectory, 'missing') };
      await expect(remux(bench.tools, missing)).rejects.toBeInstanceOf(InfrastructureError);
    });
  });

  it('are told in words by the check at start', async () => {
    const check = async (script: string) =>
      withStub(script, async ({ jobDirectory }) =>
        checkFfmpeg(await locateFfmpeg({ ffmpegPath: join(jobDirectory, 'stub') })),
      );
    const old = await check('echo "ffmpeg version 4.4.2 Copyright"');
    expect(old).toMatchObject({ ok: false });
    const problems = old.ok ? [] : old.problems;
    expect(problems[0]).toBe('ffmpeg 4.4.2 is too old; 5.1 or later is needed.');
    expect(problems.join()).toContain('has no libx264 encoder');
    expect(await check('exit 1')).toMatchObject({ ok: false });
  });
});

describe('withJobDirectory', () => {
  it('is private, and gone whatever happens', async () => {
    let path = '';
    const failing = withJobDirectory(bench.root, async (jobDirectory) => {
      path = jobDirectory;
      expect((await stat(jobDirectory)).mode & 0o777).toBe(0o700);
      await mkdir(join(jobDirectory, 'deep'));
      await writeFile(join(jobDirectory, 'deep', 'file'), 'x');
      throw new Error('work failed');
    });
    await expect(failing).rejects.toThrow('work failed');
    await expect(stat(path)).rejects.toMatchObject({ code: 'ENOENT' });
    expect(await readdir(bench.root)).toEqual([]);
    await expect(withJobDirectory('/no/such/parent', async () => 1)).rejects.toBeInstanceOf(
      InfrastructureError,
    );
  });
});
