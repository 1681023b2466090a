/**
 * Cuts a clip of `makeClip` into what a recorder hands out: for MP4 first `ftyp` + `moov`, then one `moof` + `mdat`
 * each; for WebM slices at no particular place.
 *
 * @param webmPieceBytes size of a slice of WebM.
 */
export function recordedPieces(
  bytes: Buffer,
  container: 'webm' | 'mp4',
  webmPieceBytes = 64 * 1024,
): Buffer[] {
  return container === 'mp4' ? mp4Pieces(bytes) : slices(bytes, webmPieceBytes);
}

function slices(bytes: Buffer, pieceBytes: number): Buffer[] {
  const pieces: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += pieceBytes) pieces.push(bytes.subarray(at, at + pieceBytes));
  return pieces;
}

function mp4Pieces(bytes: Buffer): Buffer[] {
  const pieces: Buffer[] = [];
  let pieceStart = 0;
  // Our own clips: 32-bit sizes, known order. The product's parser is tested with these, so it is not used here.
  for (let at = 0; at < bytes.length;) {
    const end = at + bytes.readUInt32BE(at);
    const type = bytes.toString('latin1', at + 4, at + 8);
    if (end <= at || end > bytes.length) throw new Error(`Not a clip of makeClip: ${type} at ${at}`);
    if (type === 'moov' || type === 'mdat') {
      pieces.push(bytes.subarray(pieceStart, end));
      pieceStart = end;
    }
    at = end;
  }
  return pieces;
}
