import { FakeTrack } from '../testing/fake-media';
import { VirtualClock } from '../testing/virtual-clock';
import type { RecordingFault } from './recorder';
import { watchTracks, type PageVisibility } from './track-watch';

class FakePage extends EventTarget {
  visibilityState: DocumentVisibilityState = 'visible';

  show(state: DocumentVisibilityState): void {
    this.visibilityState = state;
    this.dispatchEvent(new Event('visibilitychange'));
  }
}

function set(track = new FakeTrack('audio')) {
  const clock = new VirtualClock(async () => undefined);
  const page = new FakePage();
  const faults: RecordingFault[] = [];
  const stop = watchTracks(
    [track as unknown as MediaStreamTrack],
    clock,
    (fault) => faults.push(fault),
    page as unknown as PageVisibility,
  );
  return { clock, page, track, faults, stop };
}

describe('watchTracks', () => {
  it('reports a mute at once in a page nobody sees: iOS froze its timers for a call', () => {
    const { page, track, faults } = set();
    page.show('hidden');
    expect(faults).toEqual([]);
    track.give('mute');
    expect(faults).toMatchObject([{ kind: 'device_muted', device: 'microphone' }]);
  });

  it('reports a muted track when the page goes away', () => {
    const { page, track, faults } = set();
    track.give('mute');
    page.show('hidden');
    expect(faults).toHaveLength(1);
  });

  it('finds at the end of a mute that it was long, although no timer ran', () => {
    const { clock, track, faults } = set();
    // As when the whole page stood still: the clock moved, nothing fired.
    track.muted = true;
    track.dispatchEvent(new Event('mute'));
    const nowMs = clock.nowMs();
    clock.nowMs = () => nowMs + 20_000;
    track.give('unmute');
    expect(faults).toHaveLength(1);
  });

  it('reports a track that had ended before anybody watched', () => {
    const track = new FakeTrack('video');
    track.readyState = 'ended';
    expect(set(track).faults).toMatchObject([{ kind: 'device_ended', device: 'camera' }]);
  });

  it('says nothing any more once stopped', () => {
    const { page, track, faults, stop } = set();
    stop();
    track.give('mute');
    page.show('hidden');
    track.give('ended');
    expect(faults).toEqual([]);
  });
});
