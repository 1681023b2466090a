import { InvalidStorageKey } from './errors';

// A segment starts with a letter or digit, so `.`, `..`, `.tmp` and empty segments cannot be written at all.
const SEGMENT = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
// File names end at 255 bytes on common file systems, S3 keys at 1,024; ours stay far below both.
const MAX_SEGMENT_LENGTH = 200;
const MAX_KEY_LENGTH = 512;

/** @throws InvalidStorageKey unless every segment is made of `A–Z a–z 0–9 . _ -` and starts with a letter or digit */
export function assertStorageKey(key: string): void {
  if (key.length > MAX_KEY_LENGTH)
    throw new InvalidStorageKey(key, `longer than ${MAX_KEY_LENGTH} characters`);
  for (const segment of key.split('/')) {
    if (!SEGMENT.test(segment)) throw new InvalidStorageKey(key, 'empty segment or unsafe character');
    if (segment.length > MAX_SEGMENT_LENGTH) {
      throw new InvalidStorageKey(key, `a segment is longer than ${MAX_SEGMENT_LENGTH} characters`);
    }
  }
}

/** A prefix is the beginning of a key; it may be empty or end in `/`. @throws InvalidStorageKey */
export function assertStoragePrefix(prefix: string): void {
  if (prefix === '') return;
  assertStorageKey(prefix.endsWith('/') ? prefix.slice(0, -1) : prefix);
}

/** `deletePrefix` takes folders only: `…/takes/1` would also remove `…/takes/10`. @throws InvalidStorageKey */
export function assertFolderPrefix(prefix: string): void {
  assertStoragePrefix(prefix);
  if (!prefix.endsWith('/')) throw new InvalidStorageKey(prefix, 'a folder to delete must end in "/"');
}

interface InOrganisation {
  organisationId: string;
}
interface OfTake extends InOrganisation {
  takeId: string;
}
interface OfSegment extends OfTake {
  /** 0-based. */
  segment: number;
}
interface OfAnswer extends InOrganisation {
  answerId: string;
}
interface OfFile extends InOrganisation {
  fileId: string;
}
interface OfGeneration extends OfAnswer {
  /** Publication counter: outputs of one generation never overwrite another's. */
  generation: number;
}

/** Every key and folder there is. Ids are UUIDs in lower case; a wrong one throws `InvalidStorageKey`. */
export const storageKeys = {
  /** Everything of one organisation. */
  organisationFolder: ({ organisationId }: InOrganisation) => `org/${uuid(organisationId)}/`,

  takeFolder: (of: OfTake) => `${storageKeys.organisationFolder(of)}takes/${uuid(of.takeId)}/`,

  /**
   * One uploaded chunk as it came. The beginning of its digest is part of the name: two uploads that fight for the
   * same place never overwrite each other, the row decides which one counts.
   */
  chunk: (of: OfSegment & { index: number; sha256: string }) =>
    checked(`${segmentFolder(of)}c${count(of.index)}-${of.sha256.slice(0, 16)}`),

  /** Test clips of device checks; nothing in here outlives the hour. */
  probesFolder: (of: InOrganisation) => `${storageKeys.organisationFolder(of)}probes/`,

  probeFolder: (of: InOrganisation & { probeId: string }) =>
    `${storageKeys.probesFolder(of)}${uuid(of.probeId)}/`,

  probeChunk: (of: InOrganisation & { probeId: string; index: number; sha256: string }) =>
    checked(`${storageKeys.probeFolder(of)}c${count(of.index)}-${of.sha256.slice(0, 16)}`),

  /** A file a candidate sends: its pieces on their way, and the whole. */
  fileFolder: (of: OfFile) => `${storageKeys.organisationFolder(of)}files/${uuid(of.fileId)}/`,

  filePiece: (of: OfFile & { index: number; sha256: string }) =>
    checked(`${storageKeys.fileFolder(of)}p${count(of.index)}-${of.sha256.slice(0, 16)}`),

  /** Never named after what the sender calls it. */
  wholeFile: (of: OfFile) => checked(`${storageKeys.fileFolder(of)}whole`),

  /** Every generation of an answer's renditions. */
  renditionsFolder: (of: OfAnswer) => `${storageKeys.organisationFolder(of)}renditions/${uuid(of.answerId)}/`,

  /** `name` may hold folders: `360p/init.mp4`. */
  rendition: (of: OfGeneration & { name: string }) =>
    checked(`${storageKeys.generationRenditionsFolder(of)}${of.name}`),

  /** Every rendition of one generation. */
  generationRenditionsFolder: (of: OfGeneration) =>
    `${storageKeys.renditionsFolder(of)}${count(of.generation)}/`,

  /** Every generation of an answer's poster, storyboard, waveform and so on. */
  assetsFolder: (of: OfAnswer) => `${storageKeys.organisationFolder(of)}assets/${uuid(of.answerId)}/`,

  /** Every poster, storyboard, waveform and so on of one generation. */
  generationAssetsFolder: (of: OfGeneration) => `${storageKeys.assetsFolder(of)}${count(of.generation)}/`,

  /** `name` such as `poster.jpg`, `storyboard.jpg`, `waveform.json`. */
  asset: (of: OfGeneration & { name: string }) =>
    checked(`${storageKeys.generationAssetsFolder(of)}${of.name}`),
};

/** Whose bytes lie under a key. */
export interface KeyOwner {
  organisationId: string;
  /** Take of a chunk, probe of a test clip, file of a piece or the whole, answer of a rendition or asset. */
  ownerId: string;
}

/** Reads a key that storage listed. @returns null when nothing of ours makes such a key */
export function ownerOfKey(key: string): KeyOwner | null {
  const [org, organisationId, folder, ownerId, ...rest] = key.split('/');
  const known =
    org === 'org' &&
    ['takes', 'files', 'probes', 'renditions', 'assets'].includes(folder ?? '') &&
    rest.length > 0;
  if (!known || !UUID.test(organisationId!) || !UUID.test(ownerId!)) return null;
  return { organisationId: organisationId!, ownerId: ownerId! };
}

function segmentFolder(of: OfSegment): string {
  return `${storageKeys.takeFolder(of)}s${count(of.segment)}/`;
}

function uuid(id: string): string {
  if (!UUID.test(id)) throw new InvalidStorageKey(id, 'not a lower-case UUID');
  return id;
}

function count(value: number): string {
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new InvalidStorageKey(String(value), 'not a whole number from 0');
  }
  return String(value);
}

function checked(key: string): string {
  assertStorageKey(key);
  return key;
}
