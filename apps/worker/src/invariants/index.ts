export { checkInvariants, type CheckOptions } from './check-invariants';
export { lineOf, type Note, type Violation } from './violation';
