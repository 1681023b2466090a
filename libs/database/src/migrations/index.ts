import { CreateSchema1795363200000 } from './1795363200000-create-schema';

/** In the order they were written. A migration that has landed is never edited. */
export const migrations = [CreateSchema1795363200000];
