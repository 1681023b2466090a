/* global MediaStream -- of the page */
import { openOwnedSession } from './owned-session.mjs';
import { handed, load, replay } from './replay.mjs';

/** Our engine as the product uses it; only camera and encoder are replaced, by the replayed recording. */
function replayingRecorder({ firstSegment, mimeType }) {
  const start = { segment: firstSegment, recorder: 'baseline', mimeType };
  let ended = null;
  const last = new Promise((resolve) => (ended = resolve));
  let attached = null;
  let writing = new Promise((resolve) => (attached = resolve));
  let recordedMs = 0;
  return {
    get recordedMs() {
      return recordedMs;
    },
    async start() {
      replay({
        onPiece(bytes, atMs) {
          recordedMs = atMs;
          writing = writing.then((sink) => sink.append(firstSegment, bytes, atMs).then(() => sink));
        },
        onStop: () => stopTake(),
        onLast: ended,
      });
      return start;
    },
    attach: (sink) => void sink.openSegment(start).then(() => attached(sink)),
    async end() {
      await last;
      const sink = await writing;
      await sink.endSegment(firstSegment, recordedMs);
    },
    abandon: async () => undefined,
  };
}

let stopTake = () => undefined;

async function record({ interviewId, questionId, mimeType }) {
  const environment = {
    makeTakeRecording: ({ firstSegment }) => replayingRecorder({ firstSegment, mimeType }),
  };
  const session = await openOwnedSession({ interviewId, environment });
  let stopAt = 0;
  const stopped = new Promise((resolve) => {
    stopTake = () => {
      stopAt = performance.now();
      resolve();
    };
  });
  const take = await session.startTake({ questionId, stream: new MediaStream() });
  await stopped;
  const done = settled(take);
  await take.stop();
  const { segments } = await done;
  const tailMs = performance.now() - stopAt;
  return { segments, tailMs, sending: session.getSnapshot().sending };
}

/** After a reload or a crash: what the journal kept is finished as it is. */
async function resume({ interviewId }) {
  const startAt = performance.now();
  const session = await openOwnedSession({ interviewId });
  const [unfinished] = session.unfinishedTakes();
  if (!unfinished) throw new Error('Nothing was kept of the answer.');
  const take = session.resumeTake(unfinished.takeId);
  const done = settled(take);
  await take.stop();
  return { ...(await done), tailMs: performance.now() - startAt };
}

function settled(take) {
  return new Promise((resolve, reject) => {
    const look = () => {
      const { phase, error, receipt } = take.getSnapshot();
      if (phase === 'done') resolve({ segments: receipt.segments });
      else if (phase === 'refused') reject(new Error(`refused: ${error}`));
    };
    take.subscribe(look);
    look();
  });
}

globalThis.bench = { load, handed, record, resume };
