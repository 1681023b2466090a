import type { AnswerFacts } from './facts';
import type { Finding } from './violation';

/** I8: what a kept answer still needs was asked for in the same transaction and is delivered, or given up and shown. */
export function outbox(answer: AnswerFacts): Finding[] {
  const fault = answer.take ? faultOf(answer) : null;
  return fault ? [{ invariant: 'I8', subject: 'answer', id: answer.id, message: fault }] : [];
}

function faultOf({ generation, mediaState, mediaFlagged, jobs }: AnswerFacts): string | null {
  if (mediaState === 'finished' || mediaState === 'failed') return null;
  const named = (state: string): string | undefined => jobs.find((job) => job.state === state)?.name;
  if (mediaState === 'processing' && named('done'))
    return `is still processing, but its ${named('done')} is done`;
  if (named('pending') || named('enqueued')) return null;
  // Plays with a word about it: its last job was given up.
  if (mediaState === 'playable' && mediaFlagged) return null;
  if (named('dead')) return `is ${mediaState} without a flag, but its ${named('dead')} was given up`;
  if (named('done')) return `is still ${mediaState}, but its ${named('done')} is done and nothing else waits`;
  return `is ${mediaState} in generation ${generation}, and no job was asked for`;
}
