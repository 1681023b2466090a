import { spawn } from 'node:child_process';
import { createReadStream, createWriteStream, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ROOT } from '../../../bootstrap/paths.mjs';

/** Average video bits per second by picture height, as such ladders have them. */
const LADDERS = {
  720: [
    { height: 720, kbps: 2800 },
    { height: 480, kbps: 1400 },
    { height: 360, kbps: 800 },
  ],
  360: [
    { height: 360, kbps: 800 },
    { height: 240, kbps: 400 },
    { height: 180, kbps: 250 },
  ],
};
const AUDIO_KBPS = 96;
const TYPES = { m3u8: 'application/vnd.apple.mpegurl', ts: 'video/mp2t', js: 'text/javascript' };

const UPLOAD_PAGE = '<!doctype html><title>Upload</title><input type="file">';
const PLAYER_PAGE = `<!doctype html><title>Player</title><video controls playsinline></video>
<script src="/hls.js"></script>
<script>
  const hls = new Hls();
  hls.loadSource('/ladder/master.m3u8');
  hls.attachMedia(document.querySelector('video'));
</script>`;

/**
 * The usual way: the whole file is sent after the stop, then a ladder of three renditions is made, one ffmpeg
 * process each, all at the same time, and then the player may start.
 *
 * @param {{ ffmpeg: string, folder: string, height: number }} options `height` of the picture that is recorded
 * @returns server with `port`, `receive()` (the next upload and its ladder) and `close()`
 */
export async function startUsualServer({ ffmpeg, folder, height }) {
  const hlsScript = createRequire(join(ROOT, 'apps', 'web', 'package.json')).resolve(
    'hls.js/dist/hls.min.js',
  );
  const ladder = LADDERS[height];
  let ladderFolder = folder;
  let received = null;

  async function accept(request, response) {
    const path = join(ladderFolder, 'upload');
    await pipeline(request, createWriteStream(path));
    response.end();
    const uploadedAt = Date.now();
    received.resolve({ uploadedAt, ...(await makeLadder({ ffmpeg, path, folder: ladderFolder, ladder })) });
  }

  const server = createServer((request, response) => {
    const answer = async () => {
      if (request.method === 'PUT') return accept(request, response);
      if (request.url === '/upload') return html(response, UPLOAD_PAGE);
      if (request.url === '/play') return html(response, PLAYER_PAGE);
      if (request.url === '/hls.js') return file(response, hlsScript);
      if (request.url.startsWith('/ladder/'))
        return file(response, join(ladderFolder, basename(request.url)));
      response.writeHead(404).end();
    };
    answer().catch((error) => {
      received?.reject(error);
      response.destroy();
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: server.address().port,
    rungs: ladder.map((rung) => rung.height),
    receive(name) {
      ladderFolder = join(folder, name);
      mkdirSync(ladderFolder, { recursive: true });
      return new Promise((resolve, reject) => (received = { resolve, reject }));
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Sends the file from a page of the candidate's browser. Resolves with the moment it began. */
export async function uploadWhole(browser, { port, path }) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`http://localhost:${port}/upload`);
  await page.locator('input').setInputFiles(path);
  const startedAt = await page.evaluate(async () => {
    const at = Date.now();
    await fetch('/recording', { method: 'PUT', body: document.querySelector('input').files[0] });
    return at;
  });
  await context.close();
  return startedAt;
}

async function makeLadder({ ffmpeg, path, folder, ladder }) {
  const done = await Promise.all(ladder.map((rung) => makeRung({ ffmpeg, path, folder, rung })));
  const entries = ladder.map(
    ({ height, kbps }) =>
      `#EXT-X-STREAM-INF:BANDWIDTH=${(kbps + AUDIO_KBPS) * 1000},RESOLUTION=${Math.round((height * 16) / 9)}x${height}\n${height}.m3u8`,
  );
  writeFileSync(join(folder, 'master.m3u8'), ['#EXTM3U', ...entries, ''].join('\n'));
  return { firstRungAt: Math.min(...done), ladderAt: Date.now() };
}

/** `-r 30` because ffmpeg takes the time base of a live WebM (1000/1) for its frame rate. */
function makeRung({ ffmpeg, path, folder, rung: { height, kbps } }) {
  const parameters = [
    ...['-v', 'error', '-i', path, '-vf', `scale=-2:${height}`, '-r', '30'],
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-b:v', `${kbps}k`, '-pix_fmt', 'yuv420p'],
    ...['-c:a', 'aac', '-b:a', `${AUDIO_KBPS}k`, '-f', 'hls', '-hls_time', '6', '-hls_playlist_type', 'vod'],
    join(folder, `${height}.m3u8`),
  ];
  return new Promise((resolve, reject) => {
    const child = spawn(ffmpeg, parameters, { stdio: ['ignore', 'ignore', 'pipe'] });
    let complaint = '';
    child.stderr.on('data', (text) => (complaint += text));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(Date.now());
      else reject(new Error(`The ladder's ${height}p failed (code ${code}): ${complaint.slice(-1_000)}`));
    });
  });
}

const html = (response, text) => response.setHeader('Content-Type', 'text/html').end(text);

async function file(response, path) {
  response.setHeader('Content-Type', TYPES[path.split('.').at(-1)] ?? 'application/octet-stream');
  await pipeline(createReadStream(path), response);
}
