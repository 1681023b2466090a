import * as z from 'zod';
import { limits } from './limits';
import { Id } from './text';

/** The device check's test clip: sent like an answer, stored apart from answers, removed when the check ends. */
export const ProbeParams = z.strictObject({ interviewId: Id, probeId: Id });
export type ProbeParams = z.infer<typeof ProbeParams>;

/** `PUT /candidate/interviews/{interviewId}/probes/{probeId}/chunks/{index}`; the reply is a `ChunkReceipt`. */
export const ProbeChunkParams = ProbeParams.extend({
  index: z
    .string()
    .regex(/^(0|[1-9]\d{0,2})$/)
    .transform(Number)
    .pipe(z.int().max(limits.probeMaxChunks - 1)),
});
export type ProbeChunkParams = z.infer<typeof ProbeChunkParams>;
