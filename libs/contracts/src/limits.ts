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
  /** A 30-minute answer, doubled by an adjustment, at 2.5 Mbit/s (the most a baseline recorder may produce): 1.1 GB. */
  takeMaxBytes: 1536 * 1024 * 1024,
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
  /** A deadline stands still while adjustments are being answered, for this long altogether. */
  adjustmentPauseMaxHours: 7 * 24,
  /** Requests for more time one candidate may send. One is open at a time. */
  timeRequestsMax: 5,
  /** Sending at the deadline waits this long for the answer to an open request for more time. */
  timeRequestHoldHours: 3 * 24,
  /** A person who comes back online after the deadline has this long to open what was recorded meanwhile. */
  lateOpenSeconds: 30 * 60,
  /** An open take without a sign of life for this long has lost its page. */
  vanishedAfterSeconds: 120,
  /** Chunk uploads of one interview, pieces of files and test clips among them: a steady rate, and a burst for what gathered offline. */
  chunksPerSecond: 8,
  chunksBurst: 60,
  /** Technical faults that give a take back, per question: enough for a bad day, not for endless tries. */
  returnedTakesMax: 10,
  /** The test clip of the device check: six seconds with room to spare. */
  probeMaxBytes: 2 * 1024 * 1024,
  probeMaxChunks: 32,
  /** Test clips of one interview within `probeKeptSeconds`; each try of the check sends one. */
  probesMax: 12,
  /** A test clip whose page never said that the check ended is removed after this; with the sweeper's pace, within the hour. */
  probeKeptSeconds: 45 * 60,
  questionsMax: 20,
  criteriaMax: 12,
  reviewersMax: 50,
  thinkSecondsMax: 60 * 60,
  answerSecondsMin: 10,
  answerSecondsMax: 30 * 60,
  takesMax: 10,
  /** Characters (UTF-16 units, as a browser counts them) a text answer may be limited to. */
  textCharactersMin: 50,
  textCharactersMax: 20_000,
  choiceOptionsMax: 20,
  /** The largest file a question may ask for; it travels in pieces of `chunkMaxBytes`. */
  fileMegabytesMax: 50,
  /** Bytes of all files one interview may announce, replaced ones included: several tries at every question. */
  interviewFilesMaxBytes: 500 * 1024 * 1024,
  /** Files one interview may announce. */
  interviewFilesMax: 100,
  /** A file that was neither finished nor made an answer is removed after this time. */
  abandonedFileSeconds: 24 * 60 * 60,
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
  adjustmentPolicy: 'self_service',
  adjustmentKinds: [
    'think_time',
    'answer_time',
    'extra_takes',
    'audio_only',
    'text_answers',
    'questions_in_advance',
  ],
  textCharacters: 3_000,
  fileMegabytes: 20,
} as const;
