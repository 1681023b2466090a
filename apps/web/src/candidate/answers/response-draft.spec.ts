import type { ResponseContent, ResponseView } from '@fairtake/contracts';
import { ApiProblem, NetworkFault } from '../../api/api-client';
import type { LocalDraft, LocalDrafts } from './local-drafts';
import { ResponseDraft } from './response-draft';

const words = (text: string): ResponseContent => ({ kind: 'text', text });
const problem = (code: 'edit_conflict' | 'interview_closed', status: number): ApiProblem =>
  new ApiProblem({ type: '', title: '', status, code, requestId: '' });

/** A server with one response, a browser's storage, and timers that run when they are told to. */
class World {
  server = { revision: 0, content: null as ResponseContent | null, kept: null as number | null };
  stored: LocalDraft | null = null;
  full = false;
  offline = false;
  closed = false;
  /** The server saves, and its reply is lost on the way. */
  repliesLost = false;
  saves = 0;
  keptAnswers = 0;
  timers: (() => void)[] = [];

  view(): ResponseView {
    const { revision, content, kept } = this.server;
    return {
      ...{ questionId: 'q', revision, content, file: null, keptRevision: kept },
      savedAt: revision === 0 ? null : '2026-11-22T12:00:00.000Z',
    };
  }

  open(): ResponseDraft {
    const reach = () => {
      if (this.offline) throw new NetworkFault('offline');
    };
    const transport = {
      read: async () => (reach(), this.view()),
      save: async (revision: number, content: ResponseContent) => {
        reach();
        this.saves += 1;
        if (this.closed) throw problem('interview_closed', 409);
        if (revision !== this.server.revision) throw problem('edit_conflict', 412);
        this.server = { ...this.server, revision: revision + 1, content };
        if (this.repliesLost) throw new NetworkFault('lost');
        return this.view();
      },
      keep: async (revision: number) => {
        reach();
        this.server.kept = revision;
        return {} as never;
      },
      troubleOf: (error: unknown) =>
        ({ code: error instanceof ApiProblem ? error.code : 'network' }) as const,
    };
    const local: LocalDrafts = {
      read: () => this.stored,
      write: (draft) => {
        if (this.full) return false;
        this.stored = draft;
        return true;
      },
      remove: () => (this.stored = null),
    };
    const later = (_ms: number, work: () => void) => {
      this.timers.push(work);
      return () => (this.timers = this.timers.filter((timer) => timer !== work));
    };
    return new ResponseDraft(transport, local, later, () => (this.keptAnswers += 1));
  }

  /** Lets every timer run and every request end. */
  async settle(): Promise<void> {
    for (let turn = 0; turn < 5; turn += 1) {
      for (const work of this.timers.splice(0)) work();
      for (let step = 0; step < 20; step += 1) await Promise.resolve();
    }
  }
}

test('what is typed is in the browser at once and on the server after a pause, in one request', async () => {
  const world = new World();
  const draft = world.open();
  await world.settle();
  for (const text of ['a', 'ab', 'abc']) draft.change(words(text));
  expect(world.stored?.content).toEqual(words('abc'));
  expect(draft.getSnapshot().saving.name).toBe('saving');
  await world.settle();
  expect(world.server.content).toEqual(words('abc'));
  expect([world.saves, world.stored]).toEqual([1, null]);
  expect(draft.getSnapshot().saving.name).toBe('saved');
});

test('offline it says so truly, and sends when it is back', async () => {
  const world = new World();
  const draft = world.open();
  await world.settle();
  world.offline = true;
  draft.change(words('offline'));
  await world.settle();
  expect(draft.getSnapshot().saving.name).toBe('device');
  world.offline = false;
  await world.settle();
  expect(world.server.content).toEqual(words('offline'));
});

test('offline in a browser that keeps nothing, it does not claim to be saved', async () => {
  const world = new World();
  world.full = true;
  const draft = world.open();
  await world.settle();
  world.offline = true;
  draft.change(words('nowhere'));
  await world.settle();
  expect(draft.getSnapshot().saving.name).toBe('unsafe');
});

test('words left by a page that ended are there again and are sent', async () => {
  const world = new World();
  world.stored = { content: words('before the crash'), revision: 0 };
  const draft = world.open();
  expect(draft.getSnapshot().content).toEqual(words('before the crash'));
  await world.settle();
  expect(world.server.content).toEqual(words('before the crash'));
});

test.each(['mine', 'theirs'] as const)(
  'another device’s words are never overwritten in silence: %s',
  async (whose) => {
    const world = new World();
    const draft = world.open();
    await world.settle();
    world.server = { revision: 1, content: words('theirs'), kept: null };
    draft.change(words('mine'));
    await world.settle();
    expect(draft.getSnapshot().saving).toMatchObject({
      name: 'conflict',
      theirs: { content: words('theirs') },
    });
    expect(world.server.content).toEqual(words('theirs'));
    draft.settle(whose);
    await world.settle();
    expect(draft.getSnapshot()).toMatchObject({ content: words(whose), saving: { name: 'saved' } });
    expect(world.server.content).toEqual(words(whose));
  },
);

test('one’s own older words, saved although the reply was lost, are no conflict', async () => {
  const world = new World();
  const draft = world.open();
  await world.settle();
  world.repliesLost = true;
  draft.change(words('first'));
  for (const work of world.timers.splice(0)) work();
  for (let step = 0; step < 20; step += 1) await Promise.resolve();
  expect(world.server).toMatchObject({ revision: 1, content: words('first') });
  world.repliesLost = false;
  draft.change(words('first, and more'));
  await world.settle();
  expect(world.server).toMatchObject({ revision: 2, content: words('first, and more') });
  expect(draft.getSnapshot().saving.name).toBe('saved');
});

test('chosen offline, it becomes the answer once the server is reached, and only then', async () => {
  const world = new World();
  const draft = world.open();
  await world.settle();
  world.offline = true;
  draft.change(words('chosen'));
  draft.keep();
  await world.settle();
  expect(draft.getSnapshot()).toMatchObject({ keeping: true, kept: false });
  world.offline = false;
  await world.settle();
  expect(draft.getSnapshot()).toMatchObject({ keeping: false, kept: true });
  expect([world.server.kept, world.keptAnswers]).toEqual([1, 1]);
  draft.change(words('chosen, and changed'));
  expect(draft.getSnapshot().kept).toBe(false);
});

describe('a choice the server does not know yet, when the page is loaded again', () => {
  const reloaded = async (prepare: (world: World, draft: ResponseDraft) => Promise<void>) => {
    const world = new World();
    const draft = world.open();
    await world.settle();
    await prepare(world, draft);
    // The page is gone, and its timers with it.
    world.timers = [];
    return { world, next: world.open() };
  };

  test('goes on, with words that were never sent', async () => {
    const { world, next } = await reloaded(async (offline, draft) => {
      offline.offline = true;
      draft.change(words('chosen offline'));
      draft.keep();
      await offline.settle();
    });
    expect(next.getSnapshot()).toMatchObject({ keeping: true, content: words('chosen offline') });
    world.offline = false;
    await world.settle();
    expect(world.server).toMatchObject({ content: words('chosen offline'), kept: 1 });
    expect([world.stored, next.getSnapshot().kept, next.getSnapshot().saving.name]).toEqual([
      null,
      true,
      'saved',
    ]);
  });

  test('goes on, with words the server had before the choice', async () => {
    const { world } = await reloaded(async (offline, draft) => {
      draft.change(words('saved'));
      await offline.settle();
      offline.offline = true;
      draft.keep();
      await offline.settle();
      expect(draft.getSnapshot().saving.name).toBe('device');
    });
    expect(world.server.kept).toBeNull();
    world.offline = false;
    await world.settle();
    expect([world.server.kept, world.stored]).toEqual([1, null]);
  });

  test('is asked for again when another device wrote meanwhile, or the person wrote on', async () => {
    const chosen = async (offline: World, draft: ResponseDraft) => {
      offline.offline = true;
      draft.change(words('mine'));
      draft.keep();
      await offline.settle();
    };
    const contradicted = await reloaded(async (offline, draft) => {
      await chosen(offline, draft);
      offline.server = { revision: 1, content: words('theirs'), kept: null };
    });
    contradicted.world.offline = false;
    await contradicted.world.settle();
    contradicted.next.settle('mine');
    await contradicted.world.settle();
    expect(contradicted.world.server).toMatchObject({ content: words('mine'), kept: null });

    const { world, next } = await reloaded(chosen);
    next.change(words('mine, longer'));
    world.offline = false;
    await world.settle();
    expect(world.server).toMatchObject({ content: words('mine, longer'), kept: null });
  });
});

test('a refusal is told and not repeated, and the words stay here', async () => {
  const world = new World();
  const draft = world.open();
  await world.settle();
  world.closed = true;
  draft.change(words('late'));
  await world.settle();
  expect(draft.getSnapshot().saving).toMatchObject({
    name: 'refused',
    trouble: { code: 'interview_closed' },
  });
  expect(world.timers).toEqual([]);
  expect(world.stored?.content).toEqual(words('late'));
});

test('shown again after another tab wrote, it has the other tab’s words and no conflict', async () => {
  const world = new World();
  const draft = world.open();
  await world.settle();
  expect(draft.getSnapshot().content).toBeNull();
  world.server = { revision: 2, content: words('from tab two'), kept: 2 };
  await draft.catchUp();
  expect(draft.getSnapshot()).toMatchObject({ content: words('from tab two'), kept: true });
  draft.change(words('from tab two, and one'));
  await world.settle();
  expect(world.server).toMatchObject({ revision: 3, content: words('from tab two, and one') });
});

test('shown again after another tab wrote offline, it goes on with those words', async () => {
  const world = new World();
  const draft = world.open();
  await world.settle();
  world.stored = { content: words('written offline'), revision: 0 };
  await draft.catchUp();
  await world.settle();
  expect(draft.getSnapshot().content).toEqual(words('written offline'));
  expect(world.server).toMatchObject({ revision: 1, content: words('written offline') });
});

test('shown again without network, what is here stays', async () => {
  const world = new World();
  const draft = world.open();
  await world.settle();
  draft.change(words('mine'));
  await world.settle();
  world.offline = true;
  await draft.catchUp();
  expect(draft.getSnapshot().content).toEqual(words('mine'));
});
