const address = { interviewId: 'i', questionId: 'q' };
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const json = (body: object): Response =>
  new Response(JSON.stringify(body), { headers: { 'content-type': 'application/json' } });

const { fetch } = globalThis;
let kept: Map<string, string>;

/** The page's own, asked for when a module of it is loaded. */
beforeAll(() => Object.assign(globalThis, { addEventListener: () => undefined }));
afterAll(() => Reflect.deleteProperty(globalThis, 'addEventListener'));
beforeEach(() => {
  kept = new Map();
  globalThis.localStorage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  } as Storage;
});
afterEach(() => {
  globalThis.fetch = fetch;
  Reflect.deleteProperty(globalThis, 'localStorage');
});

it('is not received any more once it was stopped, however late the reply', async () => {
  const { FileUpload } = await import('./file-upload');
  let reply: (response: Response) => void = () => undefined;
  globalThis.fetch = () => new Promise((resolve) => (reply = resolve));
  const received: string[] = [];
  const upload = new FileUpload(address, (fileId) => received.push(fileId));
  const sending = upload.send(new File(['words'], 'a.txt'), 1_000);
  await turn();
  const begun = kept.get('fairtake.file.i.q');
  expect(begun).toBeDefined();
  upload.cancel();
  reply(json({ fileId: 'a', state: 'received', pieceCount: 1, held: [0] }));
  await sending;
  expect(received).toEqual([]);
  expect(upload.getSnapshot().name).toBe('idle');
  expect(kept.get('fairtake.file.i.q')).toBe(begun);
});
