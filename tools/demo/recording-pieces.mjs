/** Bytes of a WebM piece; MP4 pieces are whole fragments and as long as those are. */
const WEBM_PIECE_BYTES = 64 * 1024;

/**
 * Cuts a finished recording into the pieces a browser's recorder would have handed over: for MP4 the header
 * (`ftyp`+`moov`) and then each `moof`+`mdat`; for WebM, whose pieces follow the clock and not the format,
 * slices of 64 KiB.
 *
 * @param {Buffer} bytes
 * @param {string} mimeType
 * @returns {Buffer[]} which together are the recording
 */
export function recordingPieces(bytes, mimeType) {
  const cuts = mimeType.startsWith('video/mp4') ? fragmentStarts(bytes) : sliceStarts(bytes.length);
  return cuts.map((from, index) => bytes.subarray(from, cuts[index + 1] ?? bytes.length));
}

/** Offsets of the header and of every `moof` (ISO/IEC 14496-12: 32-bit size, then four letters). */
function fragmentStarts(bytes) {
  const starts = [0];
  for (let offset = 0; offset + 8 <= bytes.length;) {
    const size = bytes.readUInt32BE(offset);
    if (size < 8) throw new Error(`A box at ${offset} has the impossible size ${size}`);
    if (bytes.toString('latin1', offset + 4, offset + 8) === 'moof') starts.push(offset);
    offset += size;
  }
  return starts;
}

const sliceStarts = (length) =>
  Array.from(
    { length: Math.max(1, Math.ceil(length / WEBM_PIECE_BYTES)) },
    (_, index) => index * WEBM_PIECE_BYTES,
  );
