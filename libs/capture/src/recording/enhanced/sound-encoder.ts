import type { SoundFormat } from './media-feed';
import type { Packet } from './picture-encoder';

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

/** Opus or AAC. Places every packet by the pieces of sound it was made of. */
export class SoundEncoder {
  readonly #encoder: AudioEncoder;
  /** From the encoder's own time to the page's clock; set by the first piece. */
  #shiftUs: number | null = null;
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

  encode(data: AudioData, atUs: number): void {
    if (this.#encoder.state !== 'configured') return;
    this.#shiftUs ??= atUs - data.timestamp;
    this.#given++;
    this.#encoder.encode(data);
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
}
