import type { EnhancedSelfTest, EnhancedSelfTestOptions } from './enhanced/self-test-result';
import type { EnhancedSource } from './take-recording';

/** Cached for the page: an encoder does not change, and the test takes the camera for seconds. */
let running: Promise<EnhancedSelfTest> | null = null;
let open: ((stream: MediaStream) => EnhancedSource) | null = null;

/**
 * Records about 2.5 s with the real encoder and proves what comes out: pictures, key frames where they are asked for,
 * a bitrate that is obeyed, whole fragments, and that they decode. Takes of this page use the enhanced recorder only
 * after this has passed. Never rejects. Asked again it answers from memory, unless no picture came.
 * Loads WebCodecs code and the muxer on its first call and not before.
 */
export function selfTestEnhanced(options: EnhancedSelfTestOptions): Promise<EnhancedSelfTest> {
  running ??= test(options);
  return running;
}

/** An encoder that failed in the middle of an answer is not trusted again in this page. */
export function distrustEnhanced(): void {
  open = null;
}

async function test(options: EnhancedSelfTestOptions): Promise<EnhancedSelfTest> {
  // Safari reads cameras in workers alone and Firefox not at all: neither need fetch what they cannot use.
  if (!('VideoEncoder' in globalThis) || !('MediaStreamTrackProcessor' in globalThis))
    return { ok: false, reason: 'not_supported', detail: 'No WebCodecs, or no MediaStreamTrackProcessor' };
  try {
    const enhanced = await import('./enhanced/enhanced.js');
    const result = await enhanced.runSelfTest(options);
    if (result.ok) open = enhanced.openEnhancedSource;
    // That says more of this camera than of the encoder: another try may find pictures.
    else if (result.reason === 'no_frames') running = null;
    return result;
  } catch (error) {
    return { ok: false, reason: 'not_supported', detail: String(error) };
  }
}

/** How to open the enhanced recorder; null until the self-test of this page has passed. */
export const provenEnhanced = (): typeof open => open;
