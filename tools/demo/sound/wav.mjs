/** A mono 16-bit WAV file of samples from −1 to 1. Format: http://soundfile.sapp.org/doc/WaveFormat/ */
export function writeWav(samples, sampleRate) {
  const bytes = Buffer.alloc(44 + samples.length * 2);
  bytes.write('RIFF', 0);
  bytes.writeUInt32LE(36 + samples.length * 2, 4);
  bytes.write('WAVEfmt ', 8);
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(sampleRate, 24);
  bytes.writeUInt32LE(sampleRate * 2, 28);
  bytes.writeUInt16LE(2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36);
  bytes.writeUInt32LE(samples.length * 2, 40);
  for (let index = 0; index < samples.length; index++) {
    bytes.writeInt16LE(Math.round(Math.max(-1, Math.min(1, samples[index])) * 32_767), 44 + index * 2);
  }
  return bytes;
}

/** Samples of a mono 16-bit WAV file, as the speech programs write it. */
export function readWav(bytes) {
  const sampleRate = bytes.readUInt32LE(24);
  let offset = 12;
  while (bytes.toString('latin1', offset, offset + 4) !== 'data')
    offset += 8 + bytes.readUInt32LE(offset + 4);
  // Programs that write to a pipe leave a size they could not know: the file's end is the truth.
  const length = Math.min(bytes.readUInt32LE(offset + 4), bytes.length - offset - 8);
  const samples = new Float32Array(length >> 1);
  for (let index = 0; index < samples.length; index++) {
    samples[index] = bytes.readInt16LE(offset + 8 + index * 2) / 32_768;
  }
  return { samples, sampleRate };
}

/** How loud the sound is around a moment, 0 to about 1: what a nodding head follows. */
export function loudnessAt({ samples, sampleRate }, seconds) {
  const from = Math.max(0, Math.floor((seconds - 0.05) * sampleRate));
  const to = Math.min(samples.length, from + Math.floor(sampleRate * 0.1));
  let sum = 0;
  for (let index = from; index < to; index++) sum += samples[index] ** 2;
  return to > from ? Math.min(1, Math.sqrt(sum / (to - from)) * 4) : 0;
}
