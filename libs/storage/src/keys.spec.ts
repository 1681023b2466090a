import * as fc from 'fast-check';
import { InvalidStorageKey } from './errors';
import { assertFolderPrefix, assertStorageKey, assertStoragePrefix, ownerOfKey, storageKeys } from './keys';

const organisationId = '0190a3c4-7e1f-7a00-8000-000000000001';
const takeId = '0190a3c4-7e1f-7a00-8000-000000000002';
const answerId = '0190a3c4-7e1f-7a00-8000-000000000003';
const sha256 = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';

describe('storageKeys', () => {
  it('puts everything below the organisation', () => {
    expect(storageKeys.chunk({ organisationId, takeId, segment: 0, index: 12, sha256 })).toBe(
      `org/${organisationId}/takes/${takeId}/s0/c12-9f86d081884c7d65`,
    );
    expect(storageKeys.probeChunk({ organisationId, probeId: takeId, index: 0, sha256 })).toBe(
      `org/${organisationId}/probes/${takeId}/c0-9f86d081884c7d65`,
    );
    expect(storageKeys.rendition({ organisationId, answerId, generation: 2, name: '360p/init.mp4' })).toBe(
      `org/${organisationId}/renditions/${answerId}/2/360p/init.mp4`,
    );
    expect(storageKeys.asset({ organisationId, answerId, generation: 2, name: 'poster.jpg' })).toBe(
      `org/${organisationId}/assets/${answerId}/2/poster.jpg`,
    );
  });

  it('makes folders that hold their own objects and no others', () => {
    const folder = storageKeys.takeFolder({ organisationId, takeId });
    expect(() => assertFolderPrefix(folder)).not.toThrow();
    expect(
      storageKeys.chunk({ organisationId, takeId, segment: 1, index: 1, sha256 }).startsWith(folder),
    ).toBe(true);
    const other = { organisationId, takeId: answerId, segment: 1, index: 1, sha256 };
    expect(storageKeys.chunk(other).startsWith(folder)).toBe(false);
  });

  it.each(['', '..', '../x', organisationId.toUpperCase(), `${organisationId}/..`, `${organisationId}\n`])(
    'refuses %j for an id',
    (id) => {
      expect(() => storageKeys.takeFolder({ organisationId: id, takeId })).toThrow(InvalidStorageKey);
      expect(() => storageKeys.takeFolder({ organisationId, takeId: id })).toThrow(InvalidStorageKey);
    },
  );

  it.each([-1, 1.5, NaN, Infinity, 2 ** 53])('refuses %d for a count', (index) => {
    expect(() => storageKeys.chunk({ organisationId, takeId, segment: 0, index, sha256 })).toThrow(
      InvalidStorageKey,
    );
    expect(() => storageKeys.chunk({ organisationId, takeId, segment: index, index: 0, sha256 })).toThrow(
      InvalidStorageKey,
    );
  });

  it.each(['../poster.jpg', '/poster.jpg', '', 'a//b', 'a\\b', 'a b'])('refuses %j for a name', (name) => {
    expect(() => storageKeys.asset({ organisationId, answerId, generation: 0, name })).toThrow(
      InvalidStorageKey,
    );
  });

  it('never gives two different chunks one key', () => {
    const place = fc.record({ segment: fc.nat(200), index: fc.nat(200) });
    fc.assert(
      fc.property(place, place, (a, b) => {
        const same = a.segment === b.segment && a.index === b.index;
        const keyOf = (of: typeof a) => storageKeys.chunk({ organisationId, takeId, sha256, ...of });
        return (keyOf(a) === keyOf(b)) === same;
      }),
      { numRuns: 50 },
    );
  });
});

describe('assertStorageKey', () => {
  it.each(['a', 'a/b', 'org/x-1/A_b.c', 'a..b', `${'a'.repeat(200)}/b`])('accepts %j', (key) => {
    expect(() => assertStorageKey(key)).not.toThrow();
  });

  it.each([
    '',
    '/a',
    'a/',
    'a//b',
    '.',
    '..',
    'a/../b',
    './a',
    '.tmp/x',
    'a/.hidden',
    'a\\b',
    'C:a',
    'a\0b',
    'a\n',
    'a%2e%2e',
    'ä',
    'a b',
    'a?b',
    'a'.repeat(201),
    'a/'.repeat(300) + 'a',
  ])('refuses %j', (key) => {
    expect(() => assertStorageKey(key)).toThrow(InvalidStorageKey);
  });
});

describe('prefixes', () => {
  it.each(['', 'org/', 'org/x', 'org/x/'])('accepts %j', (prefix) => {
    expect(() => assertStoragePrefix(prefix)).not.toThrow();
  });

  it.each(['/', '../', 'org//', '.tmp/'])('refuses %j', (prefix) => {
    expect(() => assertStoragePrefix(prefix)).toThrow(InvalidStorageKey);
  });

  it.each(['', 'org', 'org/takes/1'])('refuses to delete %j, which is no folder', (prefix) => {
    expect(() => assertFolderPrefix(prefix)).toThrow(InvalidStorageKey);
  });
});

describe('ownerOfKey', () => {
  it('finds the take or answer a key was made for', () => {
    const chunk = storageKeys.chunk({ organisationId, takeId, segment: 0, index: 12, sha256 });
    expect(ownerOfKey(chunk)).toEqual({ organisationId, ownerId: takeId });
    const probe = storageKeys.probeChunk({ organisationId, probeId: takeId, index: 3, sha256 });
    expect(ownerOfKey(probe)).toEqual({ organisationId, ownerId: takeId });
    expect(ownerOfKey(storageKeys.wholeFile({ organisationId, fileId: takeId }))?.ownerId).toBe(takeId);
    const piece = storageKeys.filePiece({ organisationId, fileId: takeId, index: 7, sha256 });
    expect(ownerOfKey(piece)?.ownerId).toBe(takeId);
    const of = { organisationId, answerId, generation: 2 };
    expect(ownerOfKey(storageKeys.rendition({ ...of, name: '360p/init.mp4' }))?.ownerId).toBe(answerId);
    expect(ownerOfKey(storageKeys.asset({ ...of, name: 'poster.jpg' }))?.ownerId).toBe(answerId);
  });

  it.each([
    '',
    'org',
    'x',
    `org/${organisationId}/takes/${takeId}`,
    `org/${organisationId}/notes/${takeId}/a`,
  ])('knows nobody who made %j', (key) => expect(ownerOfKey(key)).toBeNull());
});
