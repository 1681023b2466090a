import { parseArgs } from 'node:util';
import { StopReason } from '../../../bootstrap/stop-reason.mjs';

export const CODECS = ['h264', 'vp8'];
const SHORTEST_SECONDS = 5;
const LONGEST_SECONDS = 30 * 60;
const MOST_RUNS = 100;

/**
 * What is measured: `--seconds 15,60,180` answer lengths, `--codecs h264,vp8`, `--runs 3` of each cell.
 *
 * @param {string[]} parameters of the command line
 */
export function readOptions(parameters) {
  const { values } = parse(parameters);
  const codecs = values.codecs.split(',');
  const unknown = codecs.find((codec) => !CODECS.includes(codec));
  if (unknown !== undefined)
    throw new StopReason(`--codecs knows ${CODECS.join(' and ')}, not "${unknown}".`);
  const lengths = values.seconds.split(',').map((word) => {
    return wholeNumber(word, '--seconds', SHORTEST_SECONDS, LONGEST_SECONDS);
  });
  return { lengths, codecs, runs: wholeNumber(values.runs, '--runs', 1, MOST_RUNS) };
}

function parse(parameters) {
  try {
    return parseArgs({
      args: parameters,
      allowPositionals: true,
      options: {
        json: { type: 'boolean' },
        seconds: { type: 'string', default: '15,60,180' },
        codecs: { type: 'string', default: CODECS.join(',') },
        runs: { type: 'string', default: '3' },
      },
    });
  } catch (error) {
    throw new StopReason(error.message);
  }
}

function wholeNumber(word, name, least, most) {
  const number = Number(word);
  if (Number.isInteger(number) && number >= least && number <= most) return number;
  throw new StopReason(`${name} takes whole numbers from ${least} to ${most}, not "${word}".`);
}
