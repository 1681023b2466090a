import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { errorCatalogue, limits, positionDefaults } from '@fairtake/contracts';

const root = path.join(__dirname, '../..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const pages = readdirSync(path.join(root, 'docs'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.md'))
  .map((name) => `docs/${name}`)
  .sort();

/** The cells of the table row that begins with the given words. */
function row(page: string, begins: string): string[] {
  const line = read(page)
    .split('\n')
    .find((text) => text.startsWith(`| ${begins} `));
  return (line ?? '').split('|').map((cell) => cell.trim());
}

test('every error code is documented once, with its status, in the order of the catalogue', () => {
  const documented = [
    ...read('docs/api/errors.md').matchAll(/^\| `(\w+)` +\| (\d+) +\| [^|]{5,}\| [^|]+\|$/gm),
  ];
  expect(documented.map(([, code, status]) => `${code} ${status}`)).toEqual(
    Object.entries(errorCatalogue).map(([code, { status }]) => `${code} ${status}`),
  );
});

test('the defaults are those of the code', () => {
  const value = (name: string): string => row('docs/defaults.md', name)[2] ?? '';
  expect(value('think time')).toMatch(new RegExp(`^${positionDefaults.thinkSeconds} s`));
  expect(value('answer limit')).toMatch(
    new RegExp(`^${positionDefaults.answerSeconds} s, and ${limits.graceSeconds} s`),
  );
  expect(value('takes')).toBe(String(positionDefaults.takes));
  expect(value('reviewers per answer')).toBe(String(positionDefaults.reviewersPerAnswer));
  expect(value('review due')).toMatch(new RegExp(`^${positionDefaults.reviewDueHours} h`));
  expect(value('reply promised')).toBe(`${positionDefaults.replyWorkingDays} working days`);
  expect(value('retention')).toMatch(new RegExp(`^${positionDefaults.retentionDays} days`));
});

test('the limits are those of the code', () => {
  const count = (value: number): string => value.toLocaleString('en');
  const mebibytes = (bytes: number): number => bytes / 1024 / 1024;
  const table = read('docs/defaults.md').split('## Limits')[1]!;
  const stated = Object.fromEntries(
    [...table.matchAll(/^\| (.+?) +\| (.+?) +\|$/gm)].map(([, name, value]) => [name, value]),
  );
  expect(stated).toMatchObject({
    'questions, criteria, reviewers of a position': [
      limits.questionsMax,
      limits.criteriaMax,
      limits.reviewersMax,
    ].join(', '),
    'think time': `0 to ${count(limits.thinkSecondsMax)} s`,
    'answer limit': `${limits.answerSecondsMin} to ${count(limits.answerSecondsMax)} s`,
    takes: `1 to ${limits.takesMax}; takes returned for technical faults come on top, up to ${limits.returnedTakesMax} per question`,
    'shortest take that counts': `${limits.shortTakeSeconds} s`,
    'upload after the last moment a recording may go on to': `${limits.deadlineGraceSeconds / 3600} h`,
    chunk: `${mebibytes(limits.chunkMaxBytes)} MiB`,
    take: `${count(limits.takeMaxChunks)} chunks, ${limits.takeMaxSegments} segments, ${mebibytes(limits.takeMaxBytes) / 1024} GiB`,
    'JSON body': `${limits.jsonMaxBytes / 1024} KiB`,
    password: `${limits.passwordMinLength} to ${limits.passwordMaxLength} characters`,
    'comments of one review': String(limits.commentsPerReviewMax),
    'rows of one page of a list': String(limits.pageSizeMax),
  });
});

test('the limits on failures are those of the code', () => {
  const source = read('apps/api/src/security/failure-limits.ts');
  const inCode = [...source.matchAll(/failures: (\d+), windowSeconds: ([\d* ]+) }/g)].map(
    ([, failures, seconds]) => [
      Number(failures),
      seconds!.split('*').reduce((product, factor) => product * Number(factor), 1),
    ],
  );
  const section = read('docs/security.md').split('## Limits on failures')[1]!.split('\n## ')[0]!;
  const seconds = { s: 1, min: 60 };
  const stated = [...section.matchAll(/\| (\d+) +\| (\d+) (s|min) +\|/g)].map(([, failures, count, unit]) => [
    Number(failures),
    Number(count) * seconds[unit as 's' | 'min'],
  ]);
  expect(inCode).toHaveLength(4);
  expect(stated).toEqual(inCode);
});

test.each(pages)('%s links to what is there', (page) => {
  const text = read(page).replace(/```[\s\S]*?```/g, '');
  const broken = [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target]) => target!)
    .filter((target) => !/^https?:/.test(target))
    .filter((target) => {
      const [file, anchor] = target.split('#') as [string, string?];
      const found = file === '' ? page : path.join(path.dirname(page), file);
      if (!existsSync(path.join(root, found))) return true;
      return anchor !== undefined && !anchorsOf(read(found)).includes(anchor);
    });
  expect(broken).toEqual([]);
});

const anchorsOf = (text: string): string[] =>
  [...text.matchAll(/^#+ (.+)$/gm)].map(([, title]) =>
    title!
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

test('every page can be reached from the index', () => {
  const index = read('docs/README.md') + read('docs/decisions/README.md').replaceAll('](', '](decisions/');
  const missing = pages.filter(
    (page) =>
      !/^docs\/(decisions\/)?README\.md$/.test(page) && !index.includes(`](${page.slice('docs/'.length)})`),
  );
  expect(missing).toEqual([]);
});
