import { execFileSync } from 'node:child_process';
import { join, resolve } from 'node:path';

const PARTS = resolve(__dirname, '..', 'bench', 'runs', 'playable');

/** Runs the body of an async function with the benchmark's modules in scope and returns its value. */
function evaluate(body: string) {
  const script = `
    import { createServer, connect } from 'node:net';
    const { figuresOf } = await import(${JSON.stringify(join(PARTS, 'figures.mjs'))});
    const { openShapedLink } = await import(${JSON.stringify(join(PARTS, 'shaped-link.mjs'))});
    console.log(JSON.stringify(await (async () => { ${body} })()));`;
  return JSON.parse(
    execFileSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' }),
  );
}

/** A machine that needs a second, and 2 ms more for every second of answer. */
const RUNS = [15, 15, 60, 60].map((seconds, index) => ({
  seconds,
  playableMs: 1_000 + 2 * seconds,
  limitMs: 800,
  partsMs: { kept: 500 },
  usual: index % 2 === 0 ? { ladderMs: 11_200, firstRungMs: 5_600 } : null,
}));

interface Figure {
  name: string;
  value: number;
  target?: object;
}

const figures = (codec: string, runs: object[] = RUNS): Figure[] =>
  evaluate(`return figuresOf(${JSON.stringify(codec)}, ${JSON.stringify(runs)});`);

const figure = (all: Figure[], name: string) => all.find((one) => one.name === name);

describe('figures of playable', () => {
  it('finds the slope, the ratio for a minute and the distance from the limit', () => {
    const all = figures('h264');
    expect(figure(all, 'h264: more per second of answer')).toMatchObject({ value: 2, target: { most: 1 } });
    expect(figure(all, 'h264: 60 s, upload and ladder ÷ ours')).toMatchObject({
      value: 10,
      target: { least: 10 },
    });
    expect(figure(all, 'h264: ours ÷ limit, median')).toMatchObject({ value: 1.34, target: { most: 1.5 } });
    expect(figure(all, 'h264: stop → kept, median')).toMatchObject({ value: 0.5 });
  });

  it('calls the slowest run so until there are enough for a percentile', () => {
    expect(figure(figures('h264'), 'h264: stop → playing, slowest of 4')).toMatchObject({
      value: 1.12,
      target: { most: 2 },
    });
    const twenty = Array.from({ length: 20 }, (_, index) => ({
      ...RUNS[0],
      playableMs: 1_000 * (index + 1),
    }));
    expect(figure(figures('h264', twenty), 'h264: stop → playing, p95')?.value).toBe(19);
  });

  it('promises two seconds for H.264 only and no slope from one length', () => {
    const all = figures('vp8', RUNS.slice(0, 2));
    expect(figure(all, 'vp8: stop → playing, slowest of 2')?.target).toBeUndefined();
    expect(figure(all, 'vp8: more per second of answer')).toBeUndefined();
  });
});

describe('shaped link', () => {
  it('carries every byte both ways, never faster than it says', () => {
    const { echoed, sentMs } = evaluate(`
      const server = createServer({ allowHalfOpen: true }, (socket) => socket.pipe(socket));
      await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
      const link = openShapedLink({ upBitsPerSecond: 4_000_000, delayMs: 10 });
      const socket = connect(await link.route(server.address().port), '127.0.0.1');
      const bytes = Buffer.from(Array.from({ length: 100_000 }, (_, index) => index % 251));
      const startedAt = performance.now();
      socket.end(bytes);
      const parts = [];
      for await (const part of socket) parts.push(part);
      const sentMs = performance.now() - startedAt;
      link.close();
      server.close();
      return { echoed: Buffer.concat(parts).equals(bytes), sentMs };`);
    expect(echoed).toBe(true);
    // 100 kB at 4 Mbit/s and 10 ms each way.
    expect(sentMs).toBeGreaterThanOrEqual(219);
  });
});
