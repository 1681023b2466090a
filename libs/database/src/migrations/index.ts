import { CreateSchema1795363200000 } from './1795363200000-create-schema';
import { CreateProbe1795377131042 } from './1795377131042-create-probe';
import { AddFairClock1795379460517 } from './1795379460517-add-fair-clock';
import { AddResponses1795377900007 } from './1795377900007-add-responses';
import { AddHandOff1795379000021 } from './1795379000021-add-hand-off';
import { NoteContactsByDevice1795381200083 } from './1795381200083-note-contacts-by-device';

/** In the order they were written. A migration that has landed is never edited. */
export const migrations = [
  CreateSchema1795363200000,
  CreateProbe1795377131042,
  AddResponses1795377900007,
  AddHandOff1795379000021,
  AddFairClock1795379460517,
  NoteContactsByDevice1795381200083,
];
