import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { openCandidatePage, recordAnswer, saveRecording, waitUntilSent } from './candidate-page.mjs';
import { median } from './figures.mjs';
import { makeInvitation, waitUntilFinished, waitUntilListed } from './hiring.mjs';
import { openPlayingPage } from './playing-page.mjs';
import { uploadWhole } from './usual-way.mjs';

/** Far from the answer's end, so that no limit but the candidate's press stops it. */
const SPARE_SECONDS = 60;
const PLAYER_STARTS = 3;
/** A VP8 answer is transcoded on whatever the machine has left. */
const FINISH_TIMEOUT_MS = 10 * 60_000;

/** Recorded types that count as the codec asked for. */
const RECORDED_AS = { h264: /^video\/mp4.*avc1/, vp8: /^video\/webm.*vp8/ };

/**
 * One answer: ours from stop to playing, the start of the player alone, and, when asked, the usual way with the same
 * bytes.
 *
 * @returns {Promise<import('./figures.mjs').Run>}
 */
export async function measureAnswer(world, { codec, seconds, withUsual, name }) {
  const { questionId, link } = await makeInvitation(world.organisation, seconds + SPARE_SECONDS);
  const candidate = await openCandidatePage(world.candidateBrowser, { link, codec });
  const reviewer = await openPlayingPage(world.reviewerBrowser, { storageState: world.reviewerState });
  const { stopAt, useAt } = await recordAnswer(candidate, seconds);
  const [sent, shown] = await Promise.all([
    waitUntilSent(candidate, stopAt),
    playWhenListed(world, reviewer, questionId),
  ]);
  await reviewer.close();
  requireHonest({ codec, seconds, sent, shown });
  await waitUntilFinished(world.organisation, shown.batch, FINISH_TIMEOUT_MS);
  const playerMs = await startOfPlayer(world, clipUrl(world, shown.batch));
  const recording = join(world.folder, `${name}.recording`);
  if (withUsual) await saveRecording(candidate, recording);
  await candidate.context().close();
  const usual = withUsual ? await measureUsual(world, { recording, name }) : null;
  rmSync(recording, { force: true });
  const { uplinkBitsPerSecond, roundTripMs } = world.link;
  return {
    seconds,
    playableMs: shown.playingAt - stopAt,
    limitMs: (sent.lastPieceBytes * 8_000) / uplinkBitsPerSecond + roundTripMs + playerMs,
    playerMs,
    lastPieceBytes: sent.lastPieceBytes,
    sizeBytes: sent.sizeBytes,
    partsMs: {
      'last piece recorded': sent.handedOverAt - stopAt,
      'Use this answer': useAt - stopAt,
      'all received': sent.sentAt - stopAt,
      finalised: sent.finalisedAt - stopAt,
      kept: sent.keptAt - stopAt,
      'listed as playable': shown.listedAt - stopAt,
      'clip read by page': shown.clipAt - stopAt,
      playing: shown.playingAt - stopAt,
    },
    usual,
  };
}

async function playWhenListed(world, reviewer, questionId) {
  const { at, batch, media } = await waitUntilListed(world.organisation, questionId);
  const played = await reviewer.play(clipUrl(world, batch));
  return { ...played, listedAt: at, batch, media };
}

const clipUrl = ({ url }, { roundId, questionId }) => `${url}/review/${roundId}/${questionId}`;

/** A short or differently recorded answer would flatter us. */
function requireHonest({ codec, seconds, sent, shown }) {
  if (!RECORDED_AS[codec].test(sent.mimeType))
    throw new Error(`The browser recorded ${sent.mimeType}, not ${codec}.`);
  const { durationSeconds } = shown.media;
  if (Math.abs(durationSeconds - seconds) > 1.5)
    throw new Error(`The answer plays ${durationSeconds} s and was recorded for ${seconds} s.`);
}

async function startOfPlayer(world, url) {
  const starts = [];
  for (let turn = 0; turn < PLAYER_STARTS; turn++) {
    const page = await openPlayingPage(world.reviewerBrowser, { storageState: world.reviewerState });
    const { openedAt, playingAt } = await page.play(url);
    starts.push(playingAt - openedAt);
    await page.close();
  }
  return median(starts);
}

/** The moment the upload begins stands for stop: assembling the file costs the usual way nothing here. */
async function measureUsual(world, { recording, name }) {
  const { usualServer, candidateBrowser, reviewerBrowser } = world;
  const { port } = usualServer;
  const player = await openPlayingPage(reviewerBrowser);
  const [made, startedAt] = await Promise.all([
    usualServer.receive(name),
    uploadWhole(candidateBrowser, { port, path: recording }),
  ]);
  const { playingAt } = await player.play(`http://localhost:${port}/play`);
  await player.close();
  return {
    uploadMs: made.uploadedAt - startedAt,
    ladderMs: playingAt - startedAt,
    // As if the player had been opened with the first finished rung and the others had cost it nothing.
    firstRungMs: playingAt - (made.ladderAt - made.firstRungAt) - startedAt,
  };
}
