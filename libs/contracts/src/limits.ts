/**
 * Every number both ends must agree on. Units are in the names. Free of zod on purpose: the candidate's page
 * imports this file alone and stays inside its budget.
 */
export const limits = {
  /** One uploaded chunk; larger fragments are split (capture protocol). */
  chunkMaxBytes: 1024 * 1024,
  /** Chunks of one take over all segments: 30 min of 1 s fragments with room for retries of segments. */
  takeMaxChunks: 4_000,
  /** Encoder generations inside one take: rung changes, rotations, resumed recordings. */
  takeMaxSegments: 64,
  /** A 30-minute answer at 2.5 Mbit/s, the most a baseline recorder may produce, is 560 MB. */
  takeMaxBytes: 1024 * 1024 * 1024,
  /** JSON bodies; far above any form of ours. */
  jsonMaxBytes: 256 * 1024,
  /** Extra seconds after the answer limit, so nobody is cut in the middle of a sentence. */
  graceSeconds: 15,
  /** A recording under this length is told to the person and does not count. */
  shortTakeSeconds: 2,
  /** Finalise waits this long for a chunk that is still in flight. */
  finaliseWaitMs: 2_000,
  /** After the deadline a recording that started in time may finish and upload for this long. */
  deadlineGraceSeconds: 2 * 60 * 60,
  /** Technical faults that give a take back, per question: enough for a bad day, not for endless tries. */
  returnedTakesMax: 10,
  questionsMax: 20,
  criteriaMax: 12,
  reviewersMax: 50,
  thinkSecondsMax: 60 * 60,
  answerSecondsMin: 10,
  answerSecondsMax: 30 * 60,
  takesMax: 10,
  passwordMinLength: 12,
  passwordMaxLength: 200,
  pageSizeMax: 200,
  commentsPerReviewMax: 100,
} as const;

/** Defaults of a new position, with their evidence in docs/defaults.md. */
export const positionDefaults = {
  thinkSeconds: 60,
  answerSeconds: 120,
  takes: 2,
  reviewersPerAnswer: 2,
  replyWorkingDays: 3,
  retentionDays: 180,
  reviewDueHours: 24,
} as const;
