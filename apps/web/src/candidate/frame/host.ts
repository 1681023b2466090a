import type { CandidateInterview } from '@fairtake/contracts';

/** Who invites: what the frame around every page shows of them. */
export type Host = {
  organisation: string;
  contactEmail: string | null;
  reference: string | null;
  /** The notice on privacy and recording, in every language it is written in. */
  notice: Record<string, string> | null;
};

export function hostOf(interview: CandidateInterview): Host {
  return {
    organisation: interview.organisation,
    contactEmail: interview.contactEmail,
    reference: interview.reference,
    notice: interview.consent.text,
  };
}
