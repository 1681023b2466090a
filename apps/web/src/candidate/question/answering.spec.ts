import { CaptureError, type RecordingFault, type TakeSnapshot } from '@fairtake/capture';
import type { CandidateQuestion } from '@fairtake/contracts';
import { practiceTakes } from '../practice/practice-takes';
import { Answering } from './answering';
import type { QuestionPhase, Take } from './phase';

const question = { questionId: 'q', kind: 'video', answerSeconds: 60, graceSeconds: 15 } as CandidateQuestion;
const stream = {} as MediaStream;
const think: QuestionPhase = { name: 'think', notice: null };
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

class FakeTake {
  readonly takeId = 'take';
  readonly questionId = 'q';
  readonly calls: string[] = [];
  phase: TakeSnapshot['phase'] = 'recording';
  fault: RecordingFault | null = null;
  recordedMs = 40_000;
  /** Calls of this name reject. */
  readonly failures = new Map<string, unknown>();
  elapsedMs = () => this.recordedMs;
  getSnapshot = () => ({ phase: this.phase, fault: this.fault, error: null }) as unknown as TakeSnapshot;
  interrupt = (fault: RecordingFault) => {
    this.calls.push(`interrupt ${fault.kind}`);
    Object.assign(this, { fault, phase: 'interrupted' });
  };
  record = () => this.#call('record');
  stop = () => this.#call('stop');
  discard = () => this.#call('discard');
  giveBack = (reason: string) => this.#call(`giveBack ${reason}`);
  recordedBlobs = () => this.#call('recordedBlobs').then((): Blob[] => []);

  async #call(name: string): Promise<void> {
    this.calls.push(name);
    if (this.failures.has(name)) throw this.failures.get(name);
  }
}

function stage(first: QuestionPhase = think) {
  const take = new FakeTake();
  const ticks = new Set<() => void>();
  let letStart: () => void = () => undefined;
  const started = new Promise<void>((resolve) => (letStart = resolve));
  const state = { status: 'live' as const, stream, soundOnly: false };
  const camera = {
    ...{ getSnapshot: () => state, open: async () => state, share: async () => state },
    subscribeLevel: () => () => undefined,
  };
  const source = { takes: () => [], startTake: () => started.then(() => take as Take), keepsEarlier: true };
  const answering = new Answering({ source, camera, question, onChanged: () => undefined }, first, {
    every: (_ms, work) => {
      ticks.add(work);
      return () => ticks.delete(work);
    },
    isHidden: () => false,
    keepAwake: () => () => undefined,
  });
  const tick = async () => {
    for (const work of [...ticks]) work();
    await turn();
  };
  const countDown = async () => {
    answering.ready();
    await turn();
    expect(answering.getSnapshot().name).toBe('countdown');
    answering.begin();
    await turn();
  };
  const record = async () => {
    await countDown();
    letStart();
    await turn();
    expect(answering.getSnapshot().name).toBe('record');
  };
  return { answering, take, ticks, tick, countDown, record, letStart: () => letStart(), camera, source };
}

describe('leaving the question', () => {
  it('ends the recording at once and leaves it for the person to decide about', async () => {
    const { answering, take, ticks, record } = stage();
    await record();
    answering.leave();
    expect(take.calls).toEqual(['interrupt left_page']);
    expect(ticks.size).toBe(0);
    expect(answering.getSnapshot()).toMatchObject({ name: 'found', why: 'left' });
  });

  it('gives back what begins to record only afterwards', async () => {
    const { answering, take, countDown, letStart } = stage();
    await countDown();
    answering.leave();
    letStart();
    await turn();
    expect(take.calls).toEqual(['giveBack too_short']);
    expect(answering.getSnapshot()).toEqual(think);
  });

  it('forgets a practice recording, running or played', async () => {
    const calls: string[] = [];
    const memory = {
      recordedMs: 5_000,
      fault: null,
      stop: async () => ({ blobs: [], sizeBytes: 0, recordedMs: 5_000, recorder: 'baseline' as const }),
      abandon: async () => void calls.push('abandon'),
    };
    const { answering, camera } = stage();
    answering.parts = {
      ...{ camera, question, onChanged: () => undefined },
      source: practiceTakes({ recordToMemory: async () => memory }),
    };
    answering.ready();
    await turn();
    answering.begin();
    await turn();
    expect(answering.getSnapshot().name).toBe('record');
    answering.leave();
    await turn();
    expect(calls).toEqual(['abandon']);
    expect(answering.getSnapshot()).toEqual(think);
  });
});

describe('a countdown', () => {
  it('can be cancelled until the recorder runs', async () => {
    const { answering, take, countDown, letStart } = stage();
    await countDown();
    answering.cancel();
    letStart();
    await turn();
    expect(answering.getSnapshot()).toEqual(think);
    expect(take.calls).toEqual(['giveBack too_short']);
  });
});

describe('a fault', () => {
  it('leaves what was recorded, and the person decides', async () => {
    const { answering, take, tick, record } = stage();
    await record();
    take.fault = { kind: 'device_ended', device: 'microphone', detail: '' };
    take.phase = 'interrupted';
    await tick();
    expect(answering.getSnapshot()).toMatchObject({ name: 'found', why: 'device' });
    expect(take.calls).toEqual([]);
    answering.giveBackFound();
    await turn();
    expect(take.calls).toEqual(['giveBack device_lost']);
    expect(answering.getSnapshot()).toEqual(think);
  });

  it('gives back a recording nobody could use', async () => {
    const { answering, take, tick, record } = stage();
    await record();
    Object.assign(take, { recordedMs: 500, fault: { kind: 'stalled', device: null, detail: '' } });
    await tick();
    expect(take.calls).toEqual(['giveBack encoder_stalled']);
    expect(answering.getSnapshot()).toMatchObject({ notice: { kind: 'returned', cause: 'stalled' } });
  });
});

describe('a cut recording', () => {
  it.each([
    [new CaptureError('offline', ''), { kind: 'offline' }],
    [new CaptureError('foreign_segments', ''), { kind: 'foreign_segments' }],
    [
      new CaptureError('refused', '', { reason: 'interview_over' }),
      { kind: 'problem', trouble: { code: 'interview_over' } },
    ],
    [new CaptureError('recorder_failed', ''), { kind: 'not_started' }],
  ])('says why it cannot go on: %s', async (error, notice) => {
    const cut = new FakeTake();
    cut.failures.set('record', error);
    const { answering } = stage({ name: 'found', take: cut as Take, why: 'page' });
    answering.goOn();
    await turn();
    answering.begin();
    await turn();
    expect(answering.getSnapshot()).toMatchObject({ name: 'found', notice });
  });

  it('stays cut when it is cancelled while the recorder comes up', async () => {
    const cut = new FakeTake();
    const { answering } = stage({ name: 'found', take: cut as Take, why: 'page' });
    answering.goOn();
    await turn();
    answering.begin();
    answering.cancel();
    await turn();
    expect(answering.getSnapshot().name).toBe('found');
    expect(cut.calls).toEqual([]);
  });
});

describe('what fails', () => {
  it('does not leave the page at Saving for ever when the end cannot be written', async () => {
    const { answering, take, record } = stage();
    await record();
    take.failures.set('stop', new Error('journal'));
    answering.stop();
    await turn();
    expect(answering.getSnapshot()).toMatchObject({ name: 'found', notice: { kind: 'problem' } });
  });

  it('nor when the recording cannot be read back: it is sent all the same', async () => {
    const { answering, take, record } = stage();
    await record();
    take.failures.set('recordedBlobs', new Error('journal'));
    answering.stop();
    await turn();
    expect(answering.getSnapshot()).toMatchObject({ name: 'review', blobs: [] });
  });
});
