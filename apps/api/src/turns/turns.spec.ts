import { Turns } from './turns';

const limits = { perKey: 2, total: 3, waitingPerKey: 2 };

/** Work that ends when it is told to, and what was begun so far. */
const bench = (turns = new Turns(limits)) => {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const start = (name: string, key = name[0]!, gone?: AbortSignal): Promise<string> =>
    turns.run(
      key,
      () =>
        new Promise<string>((resolve) => {
          begun.push(name);
          ends.set(name, () => resolve(name));
        }),
      gone,
    );
  return { begun, start, end: (name: string) => ends.get(name)!() };
};

test('so many of a key at once, the rest in their order', async () => {
  const { begun, start, end } = bench();
  const all = ['a1', 'a2', 'a3', 'a4'].map((name) => start(name));
  expect(begun).toEqual(['a1', 'a2']);
  end('a2');
  await all[1];
  await Promise.resolve();
  expect(begun).toEqual(['a1', 'a2', 'a3']);
});

test('a key that has its share keeps nobody else waiting; together they have an end', async () => {
  const { begun, start, end } = bench();
  const all = ['a1', 'a2', 'a3', 'b1', 'c1'].map((name) => start(name));
  expect(begun).toEqual(['a1', 'a2', 'b1']);
  end('b1');
  await all[3];
  await Promise.resolve();
  expect(begun).toEqual(['a1', 'a2', 'b1', 'c1']);
});

test('too many waiting are refused, and only those of the same key', async () => {
  const { begun, start } = bench();
  for (const name of ['a1', 'a2', 'a3', 'a4']) void start(name);
  await expect(start('a5')).rejects.toMatchObject({ code: 'too_many_requests' });
  void start('b1');
  expect(begun).toEqual(['a1', 'a2', 'b1']);
});

test('who has gone is not waited for; failed work gives its turn on', async () => {
  const turns = new Turns({ perKey: 1, total: 1, waitingPerKey: 9 });
  const gone = new AbortController();
  const { begun, start } = bench(turns);
  const failing = turns.run('x', async () => {
    await Promise.resolve();
    throw new Error('failed');
  });
  const left = start('a1', 'a', gone.signal);
  void start('b1');
  gone.abort(new Error('gone'));
  await expect(left).rejects.toThrow('gone');
  await expect(failing).rejects.toThrow('failed');
  await Promise.resolve();
  expect(begun).toEqual(['b1']);
});
