/** A worker that is going to be killed while its child runs: `node … doomed-parent.ts <command> <job directory>`. */
import { locateFfmpeg } from '../src/ffmpeg/tools';
import { runTool } from '../src/ffmpeg/run-tool';

const [command, jobDirectory] = process.argv.slice(2);

void locateFfmpeg().then((tools) =>
  runTool(tools, { command: command!, args: [], jobDirectory: jobDirectory!, timeoutMs: 60_000 }),
);
