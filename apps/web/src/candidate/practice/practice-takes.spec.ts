import type { MemoryRecording } from '@fairtake/capture';
import { practiceNotes, practiceTakes } from './practice-takes';

function fakeRecording() {
  const calls: string[] = [];
  const blob = new Blob(['clip'], { type: 'video/mp4' });
  const recording: MemoryRecording = {
    recordedMs: 1_500,
    fault: null,
    stop: async () => {
      calls.push('stop');
      return { blobs: [blob], sizeBytes: 4, recordedMs: 3_000, recorder: 'baseline' };
    },
    abandon: async () => void calls.push('abandon'),
  };
  return { calls, blob, takes: practiceTakes({ recordToMemory: async () => recording }) };
}
const start = { questionId: 'q', stream: {} as MediaStream };

it('records, plays back and forgets, as often as one likes', async () => {
  const { calls, blob, takes } = fakeRecording();
  const take = await takes.startTake(start);
  expect(take.getSnapshot()).toMatchObject({ phase: 'recording', fault: null, questionId: 'q' });
  expect(take.elapsedMs()).toBe(1_500);
  await take.stop();
  expect(take.getSnapshot()).toMatchObject({ phase: 'done', recordedMs: 3_000 });
  expect(await take.recordedBlobs()).toEqual([blob]);
  await take.discard();
  expect(await take.recordedBlobs()).toEqual([]);
  expect(calls).toEqual(['stop']);
  // Nothing is left over for the next visit.
  expect(takes.takes()).toEqual([]);
});

it('lets go of the camera when a recording is too short to look at', async () => {
  const { calls, takes } = fakeRecording();
  await (await takes.startTake(start)).giveBack('too_short');
  expect(calls).toEqual(['abandon']);
});

it('keeps no notes', async () => {
  await practiceNotes.write('q', 'secret');
  expect(await practiceNotes.read('q')).toBe('');
});
