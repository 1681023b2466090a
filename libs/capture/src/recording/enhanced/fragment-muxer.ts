import {
  EncodedAudioPacketSource,
  EncodedPacket,
  EncodedVideoPacketSource,
  Mp4OutputFormat,
  NullTarget,
  Output,
} from 'mediabunny';
import { joinBytes } from '../../digest';
import type { Packet } from './picture-encoder';
import type { SoundCodec } from './sound-encoder';

export interface FragmentMuxerOptions {
  hasPictures: boolean;
  sound: SoundCodec | null;
  /** `ftyp`+`moov` first, then whole `moof`+`mdat`; in order. */
  onFragment: (bytes: Uint8Array) => void;
  /** A packet was refused: nothing of what follows can be added. Told once. */
  onRefused: (error: unknown) => void;
}

/**
 * A fragment begins at each key frame. The value is only the least the muxer may wait: at a full second a key frame
 * that came a millisecond early would make a fragment of two.
 */
const minimumFragmentSeconds = 0.5;

type VideoPacket = Packet<EncodedVideoChunkMetadata>;
type AudioPacket = Packet<EncodedAudioChunkMetadata>;

/** Packets of our own encoders in, fragments of an MP4 out as they become whole. Times are from its first packet. */
export class FragmentMuxer {
  readonly #options: FragmentMuxerOptions;
  readonly #output: Output;
  readonly #video: EncodedVideoPacketSource | null;
  readonly #audio: EncodedAudioPacketSource | null;
  #header: Uint8Array[] = [];
  #moof: Uint8Array | null = null;
  /** Fragments of the end are handed over as one. */
  #ending: Uint8Array[] | null = null;
  #adding: Promise<void> = Promise.resolve();
  #refused: { error: unknown } | null = null;
  /** One picture is held back: only the next one, or the end, tells how long it stands. */
  #held: VideoPacket | null = null;
  #early: (() => void)[] = [];
  #firstUs: { video: number | null; audio: number | null } = { video: null, audio: null };
  #zeroUs: number | null = null;
  #audioEndUs = 0;

  constructor(options: FragmentMuxerOptions) {
    this.#options = options;
    const format = new Mp4OutputFormat({
      fastStart: 'fragmented',
      minimumFragmentDuration: minimumFragmentSeconds,
      onFtyp: (data) => void this.#header.push(data.slice()),
      onMoov: (data) => this.#emit(joinBytes([...this.#header.splice(0), data])),
      onMoof: (data) => void (this.#moof = data.slice()),
      onMdat: (data) => this.#emit(joinBytes([this.#moof!, data])),
    });
    this.#output = new Output({ format, target: new NullTarget() });
    this.#video = options.hasPictures ? new EncodedVideoPacketSource('avc') : null;
    this.#audio = options.sound ? new EncodedAudioPacketSource(options.sound.name) : null;
    if (this.#video) this.#output.addVideoTrack(this.#video);
    if (this.#audio) this.#output.addAudioTrack(this.#audio);
    this.#enqueue(() => this.#output.start());
  }

  addPicture(packet: VideoPacket): void {
    this.#begin('video', packet.atUs);
    const previous = this.#held;
    this.#held = packet;
    if (previous) this.#write(previous, packet.atUs - previous.atUs);
  }

  addSound(packet: AudioPacket): void {
    this.#begin('audio', packet.atUs);
    this.#audioEndUs = packet.atUs + packet.durationUs;
    this.#place(() =>
      this.#enqueue(() => this.#audio!.add(this.#packet(packet, packet.durationUs), packet.meta)),
    );
  }

  /** Resolves when the last fragment was handed over. Rejects, with all that could be saved handed over, when not. */
  async finish(): Promise<void> {
    // A track of which nothing came must not keep the other waiting.
    if (this.#zeroUs === null) this.#setZero();
    const last = this.#held;
    this.#held = null;
    // The last picture stands until the sound ends: a player stops for ever where one track has nothing.
    if (last) this.#write(last, Math.max(last.durationUs, this.#audioEndUs - last.atUs));
    await this.#adding;
    // The very last fragment can hold no picture; alone, a player waits for pictures in it (hls.js:
    // bufferAppendNoProgress). Handed over as one with the fragment before, the server lists both as one.
    this.#ending = [];
    try {
      await this.#output.finalize();
    } finally {
      const rest = this.#ending;
      this.#ending = null;
      if (rest.length > 0) this.#options.onFragment(joinBytes(rest));
    }
    if (this.#refused) throw this.#refused.error;
  }

  #begin(track: 'video' | 'audio', atUs: number): void {
    this.#firstUs[track] ??= atUs;
    const { video, audio } = this.#firstUs;
    const complete = (!this.#video || video !== null) && (!this.#audio || audio !== null);
    if (this.#zeroUs === null && complete) this.#setZero();
  }

  /** Both tracks count from the earlier of their beginnings. */
  #setZero(): void {
    const { video, audio } = this.#firstUs;
    this.#zeroUs = Math.min(video ?? Number.POSITIVE_INFINITY, audio ?? Number.POSITIVE_INFINITY);
    for (const write of this.#early.splice(0)) write();
  }

  #place(write: () => void): void {
    if (this.#zeroUs === null) this.#early.push(write);
    else write();
  }

  #write(packet: VideoPacket, durationUs: number): void {
    this.#place(() => this.#enqueue(() => this.#video!.add(this.#packet(packet, durationUs), packet.meta)));
  }

  #packet({ data, isKey, atUs }: VideoPacket | AudioPacket, durationUs: number): EncodedPacket {
    const seconds = (us: number): number => us / 1_000_000;
    return new EncodedPacket(
      data,
      isKey ? 'key' : 'delta',
      seconds(atUs - this.#zeroUs!),
      seconds(durationUs),
    );
  }

  #enqueue(step: () => Promise<void>): void {
    this.#adding = this.#adding
      .then(() => (this.#refused ? undefined : step()))
      .catch((error: unknown) => {
        this.#refused = { error };
        this.#options.onRefused(error);
      });
  }

  #emit(bytes: Uint8Array): void {
    if (this.#ending && this.#moof) this.#ending.push(bytes);
    else this.#options.onFragment(bytes);
  }
}
