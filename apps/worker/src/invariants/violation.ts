/** What the installation promises, numbered; each has a file of its own here. */
export type Invariant = 'I1' | 'I2' | 'I3' | 'I4' | 'I5' | 'I6' | 'I7' | 'I8';

/** A promise that facts contradict, within one organisation. */
export interface Finding {
  invariant: Invariant;
  subject: 'take' | 'answer' | 'file' | 'job';
  id: string;
  /** One sentence for whoever runs the installation. Ids and numbers only, no personal data. */
  message: string;
}

export interface Violation extends Finding {
  organisationId: string;
}

/** Something to know that breaks no promise: bytes nobody needs any more, or a job that was given up and is shown. */
export interface Note {
  kind: 'garbage' | 'dead_job';
  /** Null for an object that no organisation owns. */
  organisationId: string | null;
  message: string;
}

export const lineOf = ({ invariant, subject, id, message }: Finding): string =>
  `${invariant} ${subject} ${id}: ${message}`;

/** How long ago, in words for a message. */
export const minutes = (durationMs: number): string => `${Math.round(durationMs / 60_000)} min`;
