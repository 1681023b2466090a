import { execFile } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openInterview, sendAnswer } from '../../../demo/seed/recordings.mjs';
import { makeInvitation, waitUntilListed, waitUntilFinished } from '../playable/hiring.mjs';

const CLIP_SECONDS = 60;
const ANSWERS = 4;
const FINISH_TIMEOUT_MS = 15 * 60_000;

/** Answers in VP8, each of which the worker has to encode anew. */
export async function keepWorkerBusy({ url, organisation, ffmpeg, folder }) {
  const path = join(folder, 'answer.webm');
  await makeClip(ffmpeg, path);
  const clip = { path, mimeType: 'video/webm;codecs=vp8,opus', durationSeconds: CLIP_SECONDS };
  const batches = [];
  for (let answer = 0; answer < ANSWERS; answer++) {
    const { questionId, link } = await makeInvitation(organisation, 2 * CLIP_SECONDS);
    const interview = await openInterview(url, link, 'en');
    await sendAnswer(interview, questionId, clip);
    batches.push(questionId);
  }
  return {
    clipBytes: statSync(path).size,
    /** Whether the last of them was still to be done now. */
    async isBusy() {
      const last = batches.at(-1);
      const { data } = await organisation.reviewer.get('/review/batches');
      const batch = data.find((one) => one.questionId === last);
      if (!batch) return true;
      const { roundId, questionId } = batch;
      const { clips } = await organisation.reviewer.get(`/review/rounds/${roundId}/questions/${questionId}`);
      return clips[0].media.state !== 'finished';
    },
    async done() {
      const { batch } = await waitUntilListed(organisation, batches.at(-1));
      await waitUntilFinished(organisation, batch, FINISH_TIMEOUT_MS);
    },
  };
}

async function makeClip(ffmpeg, path) {
  const parameters = [
    ...['-nostdin', '-v', 'error', '-f', 'lavfi', '-i', 'testsrc2=size=1280x720:rate=30'],
    ...['-f', 'lavfi', '-i', 'sine=frequency=330:sample_rate=48000', '-t', String(CLIP_SECONDS)],
    ...['-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '8', '-b:v', '1200k', '-g', '60'],
    ...['-c:a', 'libopus', '-b:a', '48k', '-f', 'webm', '-live', '1', path],
  ];
  await promisify(execFile)(ffmpeg, parameters);
}
