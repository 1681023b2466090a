import type { AnswerFacts } from './facts';
import type { Finding } from './violation';

/** Something a job made, as a row names it. */
interface Output {
  what: string;
  generation: number;
  storageKey: string;
}

const outputsOf = ({ renditions, assets }: AnswerFacts): Output[] => [
  ...renditions.map((one) => ({ ...one, what: `rendition ${one.kind}` })),
  ...assets.map((one) => ({ ...one, what: `asset ${one.kind}` })),
];

/**
 * I6: jobs may run twice or late, their effects happen once. One rendition per kind and generation is a constraint
 * (uq_rendition_kind, uq_asset_kind); nothing is made for a generation that does not exist yet.
 */
export function onceOnlyEffects(answer: AnswerFacts): Finding[] {
  const early = outputsOf(answer).filter((one) => one.generation > answer.generation);
  return early.map((one) => ({
    ...{ invariant: 'I6', subject: 'answer', id: answer.id },
    message: `${one.what} is of generation ${one.generation}, the answer of ${answer.generation}`,
  }));
}

/** Outputs of generations that were replaced: nobody plays them any more. */
export const supersededOutputs = (answer: AnswerFacts): string[] =>
  outputsOf(answer)
    .filter((one) => one.generation < answer.generation)
    .map((one) => `${one.storageKey} is of generation ${one.generation}, replaced by ${answer.generation}`);
