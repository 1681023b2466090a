import { parseArgs } from 'node:util';
import { StopReason } from '../../../bootstrap/stop-reason.mjs';

/**
 * What is measured: `--seconds 30` of each recording, `--seeds 1` recordings for each cell and client, `--lanes 8` at
 * the same time, `--cells` and `--clients` words their names must hold, `--first-seed 0`; and `--adaptive-seconds 40` of
 * each camera answer, 0 for none.
 *
 * @param {string[]} parameters of the command line
 */
export function readOptions(parameters) {
  const { values } = parse(parameters);
  const words = (text) => (text === undefined ? null : text.split(','));
  return {
    seconds: wholeNumber(values.seconds, '--seconds', 10, 600),
    seeds: wholeNumber(values.seeds, '--seeds', 1, 100),
    firstSeed: wholeNumber(values['first-seed'], '--first-seed', 0, 1_000),
    adaptiveSeconds: wholeNumber(values['adaptive-seconds'], '--adaptive-seconds', 0, 600),
    lanes: wholeNumber(values.lanes, '--lanes', 1, 32),
    cells: words(values.cells),
    clients: words(values.clients),
  };
}

function parse(parameters) {
  try {
    return parseArgs({
      args: parameters,
      allowPositionals: true,
      options: {
        json: { type: 'boolean' },
        seconds: { type: 'string', default: '30' },
        seeds: { type: 'string', default: '1' },
        'first-seed': { type: 'string', default: '0' },
        lanes: { type: 'string', default: '8' },
        'adaptive-seconds': { type: 'string', default: '40' },
        cells: { type: 'string' },
        clients: { type: 'string' },
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
