import type { Packet } from './picture-encoder';

type PicturePacket = Packet<EncodedVideoChunkMetadata>;

/** Whether the browser's own decoder takes every picture and gives one back for each. Never rejects. */
export async function decodes(packets: readonly PicturePacket[]): Promise<boolean> {
  const config = packets[0]?.meta?.decoderConfig;
  if (!config) return false;
  let decoded = 0;
  let broken = false;
  const decoder = new VideoDecoder({
    output: (frame) => {
      decoded++;
      frame.close();
    },
    error: () => (broken = true),
  });
  try {
    decoder.configure(config);
    for (const { data, isKey, atUs } of packets)
      decoder.decode(new EncodedVideoChunk({ type: isKey ? 'key' : 'delta', timestamp: atUs, data }));
    await decoder.flush();
  } catch {
    broken = true;
  } finally {
    if (decoder.state !== 'closed') decoder.close();
  }
  return !broken && decoded === packets.length;
}
