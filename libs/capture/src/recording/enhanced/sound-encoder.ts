import type { SoundFormat } from './media-feed';
import type { Packet } from './picture-encoder';
import { SoundGaps } from './sound-gaps';

export interface SoundCodec {
  /** As the muxer names it, and as WebCodecs and MIME types do. */
  name: 'opus' | 'aac';
  codec: 'opus' | 'mp4a.40.2';
}

/** Opus first: smaller at the same quality, and Linux Chromium cannot encode AAC at all. */
const codecs: readonly SoundCodec[] = [
  { name: 'opus', codec: 'opus' },
  { name: 'aac', codec: 'mp4a.40.2' },
];

const soundConfig = ({ codec }: SoundCodec, format: SoundFormat, bitrate: number): AudioEncoderConfig => ({
  ...{ codec, bitrate },
  ...format,
});

/** Null when this browser encodes neither. */
export async function chooseSoundCodec(format: SoundFormat, bitrate: number): Promise<SoundCodec | null> {
  for (const each of codecs) {
    const answer = await AudioEncoder.isConfigSupported(soundConfig(each, format, bitrate)).catch(() => null);
    if (answer?.supported) return each;
  }
  return null;
}

export interface SoundEncoderOptions {
  codec: SoundCodec;
  format: SoundFormat;
  bitsPerSecond: number;
  onPacket: (packet: Packet<EncodedAudioChunkMetadata>) => void;
  onError: (error: DOMException) => void;
}

/** Beyond this the computer slept: as much silence would be no answer. */
const silenceMaxUs = 10_000_000;

/**
 * Opus or AAC. Encoders count samples instead of reading timestamps, so the first piece places all of them, and what is
 * missing in between is replaced by silence: sound never runs away from the picture.
 */
export class SoundEncoder {
  readonly #encoder: AudioEncoder;
  /** From the encoder's own time to the page's clock; set by the first piece. */
  #shiftUs: number | null = null;
  readonly #gaps = new SoundGaps();
  #given = 0;
  #out = 0;

  constructor({ codec, format, bitsPerSecond, onPacket, onError }: SoundEncoderOptions) {
    this.#encoder = new AudioEncoder({
      output: (chunk, meta) => {
        this.#out++;
        const data = new Uint8Array(chunk.byteLength);
        chunk.copyTo(data);
        const atUs = chunk.timestamp + (this.#shiftUs ?? 0);
        onPacket({ data, isKey: true, atUs, durationUs: chunk.duration ?? 20_000, meta });
      },
      error: onError,
    });
    this.#encoder.configure(soundConfig(codec, format, bitsPerSecond));
  }

  /** @returns false when so much sound is missing that another recorder should go on. */
  encode(data: AudioData, atUs: number): boolean {
    if (this.#encoder.state !== 'configured') return true;
    this.#shiftUs ??= atUs - data.timestamp;
    const missingUs = this.#gaps.before(data.timestamp, data.duration);
    if (missingUs > silenceMaxUs) return false;
    if (missingUs > 0) this.#encodeSilence(data, missingUs);
    this.#given++;
    this.#encoder.encode(data);
    return !this.#gaps.tooMany;
  }

  /** What happened since the last look. */
  look(): { given: number; out: number } {
    const seen = { given: this.#given, out: this.#out };
    this.#given = 0;
    this.#out = 0;
    return seen;
  }

  flush(): Promise<void> {
    return this.#encoder.state === 'configured' ? this.#encoder.flush() : Promise.resolve();
  }

  close(): void {
    if (this.#encoder.state !== 'closed') this.#encoder.close();
  }

  #encodeSilence({ sampleRate, numberOfChannels, timestamp }: AudioData, lengthUs: number): void {
    const numberOfFrames = Math.round((lengthUs * sampleRate) / 1_000_000);
    const silence = new AudioData({
      ...{ format: 'f32-planar' as const, sampleRate, numberOfChannels, numberOfFrames },
      timestamp: timestamp - lengthUs,
      data: new Float32Array(numberOfFrames * numberOfChannels),
    });
    this.#encoder.encode(silence);
    silence.close();
  }
}
