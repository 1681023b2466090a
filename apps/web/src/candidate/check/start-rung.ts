import type { LinkAdvice } from '@fairtake/capture';

type RungName = LinkAdvice['startRung'];

const storageKey = (interviewId: string): string => `fairtake.start.${interviewId}`;

/** The check's advice where recordings should begin. Per tab, as the check itself: another day has another network. */
export function rememberStartRung(interviewId: string, rung: RungName): void {
  try {
    sessionStorage.setItem(storageKey(interviewId), rung);
  } catch {
    // Storage is forbidden: recordings begin at the recorder's own choice.
  }
}

/** Undefined when the check was passed over, or could not measure. */
export function startRung(interviewId: string): RungName | undefined {
  try {
    return (sessionStorage.getItem(storageKey(interviewId)) as RungName | null) ?? undefined;
  } catch {
    return undefined;
  }
}
