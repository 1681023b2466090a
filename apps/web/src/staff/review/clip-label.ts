import { useText } from '../words/use-text';

/** "Candidate 07" in the reader's language; a name, where the position is not blind, as it is. */
export function useClipLabel(): (label: string) => string {
  const t = useText();
  return (label) => {
    const number = /^Candidate (\d+)$/.exec(label)?.[1];
    return number ? t('review.candidate', { number }) : label;
  };
}
