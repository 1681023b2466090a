import { createHash } from 'node:crypto';
import { IDBFactory } from 'fake-indexeddb';
import { openCapture, type CaptureSession } from '../../src';
import { singleSegment } from '../../src/testing/segment-recording';
import {
  FakeCaptureServer,
  FakeLocks,
  FakeSignals,
  FakeStream,
  VirtualClock,
  type Fault,
} from '../../src/testing';
import { PageClock, PageLocks, PageStorage, runningTransactions } from './page-parts';
import { RecorderRun, ScriptedRecorder } from './scripted-recorder';

const hash = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(bytes).digest());
export const sha256 = (bytes: Uint8Array): string => Buffer.from(hash(bytes)).toString('hex');

/** Lets promises and IndexedDB come to rest; what waits for a timer goes on waiting. */
async function settle(): Promise<void> {
  for (let quiet = 0, turn = 0; quiet < 4 && turn < 500; turn++) {
    await new Promise((resolve) => setImmediate(resolve));
    quiet = runningTransactions.size === 0 ? quiet + 1 : 0;
  }
}

/** What a test knows of one take without asking the code under test. */
export interface TakeLedger {
  takeId: string;
  questionId: string;
  device: Device;
  /** Its recorders in the order they ran. */
  runs: RecorderRun[];
  /** Bytes the page said it had in the journal: they may never be fewer. */
  durableBytes: number;
  /** Bytes that were only ever in memory may be lost with the page. */
  onlyInMemory: boolean;
  /** What the person decided, once it was said to the page. */
  wish: 'returned' | 'discarded' | null;
}

/** A computer or phone: its storage, its locks, its network, its cookie. */
export class Device {
  readonly indexedDB = new IDBFactory();
  readonly locks = new FakeLocks();
  readonly signals = new FakeSignals();
  isOnline = true;
  isFull = false;

  constructor(readonly session: string) {}
}

/** One tab. `session` is the library under test, everything else is its surroundings. */
export class Page {
  readonly clock: PageClock;
  readonly #locks: PageLocks;
  readonly #storage: PageStorage;
  readonly #world: World;
  session!: CaptureSession;
  /** Which recorder runs on which stream: a recorder may start long after it was asked for. */
  readonly #onRun = new Map<MediaStream, (run: RecorderRun) => void>();

  constructor(
    readonly device: Device,
    world: World,
  ) {
    this.#world = world;
    this.clock = new PageClock(world.clock);
    this.#locks = new PageLocks(device.locks.asLockManager());
    this.#storage = new PageStorage(device.indexedDB, () => device.isFull);
  }

  async open(): Promise<void> {
    const opening = openCapture({
      interviewId: 'interview',
      environment: {
        fetch: this.#fetch,
        indexedDB: this.#storage.factory,
        locks: this.#locks.manager,
        clock: this.clock,
        random: () => this.#world.random(),
        digest: async (bytes) => hash(bytes),
        signals: this.device.signals,
        makeTakeRecording: singleSegment((stream) => {
          const run = this.#world.newRun();
          this.#onRun.get(stream)?.(run);
          return new ScriptedRecorder(this.clock, run, () => this.#world.nextSize());
        }),
        newId: () => this.#world.newTakeId(),
        now: () => new Date('2026-11-22T12:00:00Z'),
        askPersistence: () => undefined,
      },
    });
    await this.#world.clock.advance(600);
    this.session = await opening;
  }

  get isOwner(): boolean {
    return this.session.getSnapshot().ownership === 'owner';
  }

  /** Starts or goes on with a take. Null when that did not work within a second; it may still come. */
  async record<T>(
    start: (stream: MediaStream) => Promise<T>,
    onRun: (run: RecorderRun) => void,
  ): Promise<T | null> {
    const stream = new FakeStream('audio', 'video').asMediaStream();
    this.#onRun.set(stream, onRun);
    return (await this.#world.wait(start(stream)))?.value ?? null;
  }

  /** kill -9: no code of the page runs any more; what was not committed is undone. */
  die(): void {
    this.clock.die();
    this.#storage.die();
    this.#locks.die();
  }

  readonly #fetch: typeof fetch = (input, init) => {
    if (this.session && !this.isOwner) this.#world.strayRequests.push(String(input));
    const answered = this.device.isOnline
      ? this.#world.server.fetchAs(this.device.session)(input, init)
      : Promise.reject(new TypeError('Failed to fetch'));
    const { acknowledged } = this.#world;
    return new Promise((resolve, reject) => {
      answered.then(
        (response) =>
          this.clock.whenRunning(() => resolve(notingAcknowledged(response, String(input), acknowledged))),
        (error: unknown) => this.clock.whenRunning(() => reject(error as Error)),
      );
    });
  };
}

/** Notes what a receipt promises to the page before the page sees it. */
function notingAcknowledged(response: Response, url: string, acknowledged: Set<string>): Response {
  const [, place] = /takes\/([^/]+\/segments\/\d+\/chunks\/\d+)$/.exec(url) ?? [];
  if (place === undefined || !response.ok || !response.headers.get('Content-Type')?.includes('json'))
    return response;
  const read = response.text.bind(response);
  response.text = async () => {
    const text = await read();
    const { sha256: digest } = JSON.parse(text) as { sha256: string };
    acknowledged.add(`${place.replace('/segments', '').replace('/chunks', '')}/${digest}`);
    return text;
  };
  return response;
}

/** Two devices, one server, any number of tabs, and the truth about what was recorded. */
export class World {
  readonly clock = new VirtualClock(settle);
  readonly server: FakeCaptureServer;
  readonly devices = [new Device('laptop'), new Device('phone')] as const;
  pages: Page[] = [];
  readonly ledger = new Map<string, TakeLedger>();
  /** What the server acknowledged, as take/segment/index/sha256. */
  readonly acknowledged = new Set<string>();
  /** Requests of tabs that do not own the interview. */
  readonly strayRequests: string[] = [];
  /** What happens to the next requests, one each. */
  faults: Fault[] = [];
  readonly #sizes: readonly number[];
  #randomState: number;
  #takes = 0;
  #runs = 0;
  #pieces = 0;

  constructor(options: { seed: number; sizes: readonly number[] }) {
    this.#sizes = options.sizes;
    this.#randomState = options.seed | 1;
    this.server = new FakeCaptureServer({
      clock: this.clock,
      sha256,
      fault: () => this.faults.shift() ?? 'none',
      delayMs: () => 5 + this.random() * 400,
      replyMs: () => 5 + this.random() * 100,
    });
  }

  /** Park and Miller's generator: the run repeats from its seed. */
  random(): number {
    this.#randomState = (Math.abs(this.#randomState) * 48_271) % 2_147_483_647;
    return this.#randomState / 2_147_483_647;
  }

  newTakeId(): string {
    return `take-${String(++this.#takes).padStart(4, '0')}`;
  }

  newRun(): RecorderRun {
    return new RecorderRun(++this.#runs);
  }

  nextSize(): number {
    return this.#sizes[this.#pieces++ % this.#sizes.length]!;
  }

  async open(device: Device): Promise<Page> {
    const page = new Page(device, this);
    this.pages.push(page);
    await page.open();
    return page;
  }

  /** The page is gone without a word. */
  async kill(page: Page): Promise<void> {
    page.die();
    this.pages = this.pages.filter((other) => other !== page);
    await this.clock.advance(0);
  }

  ownerOf(device: Device): Page | undefined {
    return this.pages.find((page) => page.device === device && page.isOwner);
  }

  /** Gives the library up to a second, whatever it needs it for. Null when that was not enough or it was refused. */
  async wait<T>(promise: Promise<T>): Promise<{ value: T } | null> {
    const results: { value: T }[] = [];
    promise.then(
      (value) => results.push({ value }),
      () => undefined,
    );
    for (let waitedMs = 0; results.length === 0 && waitedMs < 1_000; waitedMs += 50)
      await this.clock.advance(50);
    return results[0] ?? null;
  }
}
