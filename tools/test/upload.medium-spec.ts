import { execFileSync } from 'node:child_process';
import { join, resolve } from 'node:path';

const PARTS = resolve(__dirname, '..', 'bench', 'runs');

/** Runs the body of an async function with the benchmarks' modules in scope and returns its value. */
function evaluate(body: string) {
  const from = (path: string) => JSON.stringify(join(PARTS, path));
  const script = `
    import { connect, createServer } from 'node:net';
    import { once } from 'node:events';
    const { fluidTailMs, leftAtMs } = await import(${from('upload/bound.mjs')});
    const { cellsOf, CLIENTS } = await import(${from('upload/cells.mjs')});
    const { figuresOf } = await import(${from('upload/figures.mjs')});
    const { openSocksLink } = await import(${from('upload/socks-link.mjs')});
    const { makeTrace, prefixSha256 } = await import(${from('upload/trace.mjs')});
    const ingest = await import(${from('ingest/figures.mjs')});
    console.log(JSON.stringify(await (async () => { ${body} })()));`;
  return JSON.parse(
    execFileSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' }),
  );
}

interface Figure {
  name: string;
  value: number;
  unit: string;
  target?: { most?: number; least?: number };
}

const figure = (all: Figure[], name: string) => all.find((one) => one.name === name);

describe('the fluid bound', () => {
  const KILOBYTE_A_SECOND = '{ bitsPerSecond: 8_000, dark: [{ fromMs: 5_000, toMs: 8_000 }] }';

  it('paces bytes and stands still in a blackout', () => {
    const times = evaluate(`const way = ${KILOBYTE_A_SECOND};
      return [leftAtMs(0, 2_000, way), leftAtMs(4_000, 2_000, way), leftAtMs(6_000, 500, way),
              leftAtMs(5_000, 0, way), leftAtMs(9_000, 1_000, way)];`);

    // Before it, through it (one second each side), from within it, nothing from within it, after it.
    expect(times).toEqual([2_000, 9_000, 8_500, 8_000, 10_000]);
  });

  it('is what is left at the stop for a sender that never waits', () => {
    const tails = evaluate(`const dark = [];
      const pieces = [1_000, 2_000, 3_050].map((atMs) => ({ atMs, sizeBytes: 500 }));
      const tail = (bitsPerSecond) => fluidTailMs(pieces, 3_000, { bitsPerSecond, dark });
      return [tail(8_000), tail(4_000), tail(2_000)];`);

    // Fast: the last piece alone. Just the media rate: no better off. Half of it: half of everything is left.
    expect(tails).toEqual([550, 1_050, 4_000]);
  });
});

describe('cells of upload', () => {
  it('hold the links and kills that were promised, at the rate of the recording', () => {
    const cells = evaluate('return cellsOf({ stopMs: 60_000, bitsPerSecond: 500_000 });');

    const steady = cells.filter((cell: { steady: boolean }) => cell.steady);
    expect(steady.map((cell: { link: { bitsPerSecond: number } }) => cell.link.bitsPerSecond)).toEqual([
      1_000_000, 600_000, 400_000, 350_000,
    ]);
    expect(cells.map((cell: { event: string | null }) => cell.event).filter(Boolean)).toEqual([
      'kill',
      'reload',
      'restart',
    ]);
    expect(cells[5].link.dark).toEqual([{ fromMs: 52_500, toMs: 67_500 }]);
  });
});

describe('figures of upload', () => {
  const outcomes = (body: string): Figure[] =>
    evaluate(`const cells = cellsOf({ stopMs: 60_000, bitsPerSecond: 500_000 });
      const client = (key) => CLIENTS.find((one) => one.key === key);
      const one = (cell, key, tailMs, more) =>
        ({ cell: cells[cell], client: client(key), boundMs: 900, ok: true, tailMs, lostBytes: 0, ...more });
      return figuresOf([${body}]);`);

  it('compare ours with the best of the others and with the bound', () => {
    const all = outcomes(
      `one(0, 'ours', 1_200), one(0, 'tus-64', 1_500), one(0, 'tus-after', 9_000), one(0, 'uppy-after', 8_000)`,
    );

    expect(figure(all, '1 Mbit/s, 100 ms: ours ÷ best of the others')).toMatchObject({
      value: 0.8,
      target: { most: 1 },
    });
    expect(figure(all, '1 Mbit/s, 100 ms: ours ÷ (bound + round trip), median')).toMatchObject({
      value: 1.2,
      target: { most: 1.3 },
    });
  });

  it('do not let a client win that mostly failed, nor ours pass by failing', () => {
    const failed = '{ ok: false, lostBytes: 10 }';
    const all = outcomes(
      `one(0, 'ours', null, ${failed}), one(0, 'tus-64', 100, ${failed}), one(0, 'tus-after', 9_000)`,
    );

    const ratio = figure(all, '1 Mbit/s, 100 ms: ours ÷ best of the others')!;
    expect(ratio.value === null || ratio.value > 1).toBe(true);
    expect(figure(all, '1 Mbit/s, 100 ms: tus live, 64 KiB, failed')).toMatchObject({
      value: 1,
      unit: 'of 1',
    });
    expect(figure(all, '1 Mbit/s, 100 ms: tus live, 64 KiB, median')).toBeUndefined();
  });

  it('judge the promise of the kill cells for ours and print it for the others', () => {
    const all = outcomes(
      `one(7, 'ours', 900), one(7, 'ours', 950), one(7, 'tus-64', null, { ok: false, lostBytes: 4_096 })`,
    );

    expect(figure(all, 'reload: ours, success')).toMatchObject({ value: 100, target: { least: 100 } });
    expect(figure(all, 'reload: ours, most lost')).toMatchObject({ value: 0, target: { most: 0 } });
    expect(figure(all, 'reload: tus live, 64 KiB, success')).toMatchObject({ value: 0 });
    expect(figure(all, 'reload: tus live, 64 KiB, most lost')?.target).toBeUndefined();
  });
});

describe('the recording that is replayed', () => {
  it('is the same each time, and its pieces are the whole of it', () => {
    const [first, again, pieces, prefix] = evaluate(`
      const make = () => makeTrace({ ffmpeg: 'ffmpeg', seconds: 4, seed: 1 });
      const [one, two] = [await make(), await make()];
      const bytes = Buffer.concat(one.pieces.map((piece) => piece.bytes));
      return [one.sha256, two.sha256, one.pieces.map(({ atMs, sizeBytes }) => ({ atMs, sizeBytes })),
        prefixSha256(one, bytes.length)];`);

    expect(again).toBe(first);
    expect(prefix).toBe(first);
    // A header with the first frame, then a fragment a second, the last one as the stop cut it.
    expect(pieces.map((piece: { atMs: number }) => piece.atMs)).toEqual([40, 1_040, 2_040, 3_040, 3_670]);
    expect(pieces[0].sizeBytes).toBeLessThan(2_000);
  });
});

describe('a link that is spoken to as a proxy', () => {
  it('paces what is sent, keeps back what falls into a blackout, and changes no byte', () => {
    const { elapsedMs, whole } = evaluate(`
      const link = await openSocksLink();
      let received = Buffer.alloc(0);
      const done = {};
      const server = createServer((socket) => socket.on('data', (data) => {
        received = Buffer.concat([received, data]);
        if (received.length === sent.length) done.resolve(performance.now());
      }));
      const sent = Buffer.alloc(20_000, 'fairtake ');
      const finished = new Promise((resolve) => (done.resolve = resolve));
      await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
      const client = connect(Number(new URL(link.address).port), '127.0.0.1');
      client.write(Buffer.from([5, 1, 0]));
      await once(client, 'data');
      const port = server.address().port;
      client.write(Buffer.from([5, 1, 0, 1, 127, 0, 0, 1, port >> 8, port & 255]));
      await once(client, 'data');
      const startMs = performance.now();
      link.begin({ bitsPerSecond: 800_000, roundTripMs: 100, dark: [{ fromMs: 50, toMs: 250 }] });
      client.write(sent);
      const elapsedMs = (await finished) - startMs;
      client.destroy();
      link.close();
      server.close();
      return { elapsedMs, whole: received.equals(sent) };`);

    // 200 ms of bytes, 200 ms of blackout, 50 ms of way.
    expect(whole).toBe(true);
    expect(elapsedMs).toBeGreaterThan(445);
  });
});

describe('figures of ingest', () => {
  const round = (count: number, latencyMs: number) =>
    `{ latenciesMs: Array.from({ length: ${count} }, () => ${latencyMs}), failures: {} }`;

  it('compare chunks a second with both ways of the other server', () => {
    const all = evaluate(`return ingest.floodFigures({ name: '256 KiB', seconds: 2,
      ours: [${round(400, 20)}, ${round(600, 30)}], patches: [${round(250, 9)}, ${round(250, 9)}],
      creations: [${round(100, 50)}, ${round(100, 50)}] });`);

    expect(figure(all, '256 KiB: ours')?.value).toBe(250);
    expect(figure(all, '256 KiB: ours ÷ tus, appended')).toMatchObject({ value: 2, target: { least: 2 } });
    expect(figure(all, '256 KiB: ours ÷ tus, one upload each')?.value).toBe(5);
  });

  it('count every chunk that was not acknowledged against us', () => {
    const all = evaluate(`return ingest.paceFigures({ name: '50', measured:
      { latenciesMs: Array.from({ length: 100 }, (_, at) => at + 1), failures: { 503: 2, ECONNRESET: 1 } } });`);

    expect(figure(all, '50: acknowledged, p95')).toMatchObject({ value: 95, target: { most: 500 } });
    expect(figure(all, '50: acknowledged, p99')?.value).toBe(99);
    expect(figure(all, '50: failed')).toMatchObject({ value: 3, target: { most: 0 } });
  });
});

describe('what is left of a recording', () => {
  it('counts sound without its holes, and pictures to the end of the last', () => {
    const [sound, holed, pictures] = evaluate(`
      const { heardSeconds, spanSeconds } = await import(${JSON.stringify(join(PARTS, 'upload/picture.mjs'))});
      const times = Array.from({ length: 100 }, (_, at) => at / 50);
      return [heardSeconds(times), heardSeconds(times.filter((at) => at < 0.5 || at >= 1.5)),
        spanSeconds([0, 0.1, 0.2, 0.3])];`);

    expect(sound).toBeCloseTo(2, 5);
    // A second is missing; the packet before the hole lasts no longer than a packet can.
    expect(holed).toBeCloseTo(1.045, 2);
    expect(pictures).toBeCloseTo(0.4, 5);
  });
});
