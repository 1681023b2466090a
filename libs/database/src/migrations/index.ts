import { CreateSchema1795363200000 } from './1795363200000-create-schema';
import { CreateProbe1795377131042 } from './1795377131042-create-probe';

/** In the order they were written. A migration that has landed is never edited. */
export const migrations = [CreateSchema1795363200000, CreateProbe1795377131042];
