import { lazy } from 'react';

const load = () => import('./adjustments-screen');

/** Fetched when it is wanted: most people never open it. */
export const AdjustmentsScreen = lazy(async () => ({ default: (await load()).AdjustmentsScreen }));
