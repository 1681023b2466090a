import { CreateSchema1795363200000 } from './1795363200000-create-schema';
import { CreateProbe1795377131042 } from './1795377131042-create-probe';
import { addFairClock } from './1795379460517-add-fair-clock';
import { addResponses } from './1795377900007-add-responses';
import { addHandOff } from './1795379000021-add-hand-off';
import { noteContactsByDevice } from './1795381200083-note-contacts-by-device';

/** In the order they were written. A migration that has landed is never edited. */
export const migrations = [
  CreateSchema1795363200000,
  CreateProbe1795377131042,
  ...addResponses,
  ...addHandOff,
  ...addFairClock,
  ...noteContactsByDevice,
];
