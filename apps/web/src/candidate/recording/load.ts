import { lazy } from 'react';

/**
 * What only recording needs, apart from the first load: a person on a weak network reads the invitation at once.
 * Fetched while they read the notice, so that nothing is missing when the network goes.
 */
export const loadCapture = () => import('./capture-tools');
const loadCheck = () => import('../check/check-screen');
const loadQuestion = () => import('../question/question-screen');
const loadPractice = () => import('../practice/practice-screen');
const loadResponse = () => import('../answers/response-screen');

export const CheckScreen = lazy(async () => ({ default: (await loadCheck()).CheckScreen }));
export const QuestionScreen = lazy(async () => ({ default: (await loadQuestion()).QuestionScreen }));
export const PracticeScreen = lazy(async () => ({ default: (await loadPractice()).PracticeScreen }));
export const ResponseScreen = lazy(async () => ({ default: (await loadResponse()).ResponseScreen }));

/** Fetches all of it. A failure shows when the page is wanted. */
export function preloadRecording(): void {
  for (const load of [loadCapture, loadCheck, loadPractice, loadQuestion, loadResponse])
    load().catch(() => undefined);
}
