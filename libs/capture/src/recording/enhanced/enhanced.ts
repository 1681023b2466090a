import { systemClock, type Clock } from '../../clock';
import type { EnhancedSource } from '../take-recording';
import { EnhancedRecorder } from './enhanced-recorder';
import { MediaFeed } from './media-feed';

export { runSelfTest } from './self-test';

/** Reads the stream until it is closed; its recorders take over from one another at a picture. */
export function openEnhancedSource(stream: MediaStream, clock: Clock = systemClock): EnhancedSource {
  const feed = new MediaFeed(stream, clock);
  return {
    makeRecorder: (rung) => new EnhancedRecorder({ stream, feed, rung, clock }),
    close: () => feed.close(),
  };
}
