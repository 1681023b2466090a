import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { runTool, StopReason } from '../bootstrap/stop-reason.mjs';
import { makeDemoClips } from './clips.mjs';
import { makeFakeCamera } from './fake-camera.mjs';

const HELP = `node tools/demo/clips-cli.mjs --fake-camera <folder> [--seconds 12]
node tools/demo/clips-cli.mjs --demo-clips <folder>

Prints one JSON document: what was made and where.`;

await runTool(async () => {
  const { values } = parseArgs({
    options: {
      'fake-camera': { type: 'string' },
      'demo-clips': { type: 'string' },
      seconds: { type: 'string', default: '12' },
    },
  });
  const ffmpeg = process.env.FFMPEG_PATH || 'ffmpeg';
  const seconds = Number(values.seconds);
  if (!(seconds > 0 && seconds <= 600)) throw new StopReason('--seconds must be a number from 1 to 600.');
  if (values['fake-camera']) {
    const directory = resolve(values['fake-camera']);
    console.log(JSON.stringify(await makeFakeCamera({ directory, seconds, ffmpeg })));
  } else if (values['demo-clips']) {
    console.log(
      JSON.stringify(await makeDemoClips({ directory: resolve(values['demo-clips']), ffmpeg }), null, 2),
    );
  } else {
    throw new StopReason(HELP);
  }
});
