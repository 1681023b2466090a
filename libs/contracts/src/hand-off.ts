import * as z from 'zod';
import { InterviewState } from './candidate';
import { Id, Instant, LinkToken } from './text';

/** What a browser says it is, from short closed lists; null for what is in neither. */
export const Device = z.strictObject({ browser: z.string().nullable(), system: z.string().nullable() });
export type Device = z.infer<typeof Device>;

/** Reply to `POST …/hand-off-codes`: the only time the code is told. It ends every code made before it. */
export const HandOffCode = z.strictObject({ token: LinkToken, expiresAt: Instant });
export type HandOffCode = z.infer<typeof HandOffCode>;

/**
 * `POST /candidate/hand-off-session`: exchanges a code for a session of its interview.
 */
export const OpenHandOff = z.strictObject({
  token: LinkToken,
  /** Made by the device that opens the code. The same id again is the same opening, its first reply lost on the way. */
  exchangeId: Id,
});
export type OpenHandOff = z.infer<typeof OpenHandOff>;

/** `PUT …/device`: this device is here, and what it shows. */
export const HoldInterview = z.strictObject({
  /** The person chose this device although another one holds the interview. */
  takeOver: z.boolean(),
  questionId: Id.nullable(),
  recording: z.boolean(),
});
export type HoldInterview = z.infer<typeof HoldInterview>;

/** Who records, and what waits on other devices. */
export const InterviewDevices = z.strictObject({
  own: Device,
  holder: z
    .strictObject({
      device: Device,
      /** It is the device that asks. */
      here: z.boolean(),
      /** It was heard of within the last half minute: going on elsewhere has to be chosen. */
      live: z.boolean(),
      seenAt: Instant,
      questionId: Id.nullable(),
      recording: z.boolean(),
    })
    .nullable(),
  /** Recordings that another device has not sent whole. */
  unsent: z.array(
    z.strictObject({
      questionId: Id,
      device: Device.nullable(),
      /** Bytes of it came within the last half minute. */
      arriving: z.boolean(),
    }),
  ),
  state: InterviewState,
  /** Changes when an answer or take of the interview did. */
  progress: z.string(),
});
export type InterviewDevices = z.infer<typeof InterviewDevices>;
