import { useText } from '../words/use-text';

/**
 * What a clip is called: "Candidate 07" in the reader's language, or the name where the position is not blind. The
 * server sends the bare number of a blind candidate.
 */
export function useClipLabel(): (blind: boolean, label: string) => string {
  const t = useText();
  return (blind, label) => (blind ? t('review.candidate', { number: label }) : label);
}
