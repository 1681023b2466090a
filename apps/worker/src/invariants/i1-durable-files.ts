import type { FileFacts } from './facts';
import { faultOf } from './held-objects';
import type { Finding } from './violation';

/** I1 for files: acknowledged pieces of one on its way, and the whole of a received one, are there. */
export function durableFile(file: FileFacts): Finding[] {
  const fault = file.whole
    ? about('the file', faultOf(file.whole))
    : (file.pieces.map((piece) => about(`piece ${piece.index}`, faultOf(piece))).find(Boolean) ?? null);
  return fault ? [{ invariant: 'I1', subject: 'file', id: file.id, message: fault }] : [];
}

const about = (what: string, fault: string | null): string | null => fault && `${what} ${fault}`;
