import type { CandidateInterview } from '@fairtake/contracts';
import { useEffect } from 'react';

/** How the page looks for this person. Attributes of the root, so that every page and sheet follows. */
export function useLooks(interview: CandidateInterview): void {
  const { largerText, reducedMotion } = interview.adjustments.granted;
  useEffect(() => {
    const { dataset } = document.documentElement;
    if (largerText) dataset.text = 'large';
    if (reducedMotion) dataset.motion = 'reduced';
    return () => {
      delete dataset.text;
      delete dataset.motion;
    };
  }, [largerText, reducedMotion]);
}
