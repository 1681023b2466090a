import type { HandOffCode, HoldInterview, InterviewDevices, OpenedInvitation } from '@fairtake/contracts';
import type * as z from 'zod';
import { requestJson } from '../../api/api-client';

const of = (interviewId: string): string => `/candidate/interviews/${interviewId}`;

/** A code for another device. Every code made before it ends. */
export function makeHandOffCode(interviewId: string): Promise<HandOffCode> {
  return requestJson(`${of(interviewId)}/hand-off-codes`, { method: 'POST' });
}

/** One id per code and page: the same request again, its reply lost on the way, is answered again. */
const exchangeIds = new Map<string, string>();

/** Exchanges a code for a session of its interview on this device. */
export function openHandOff(token: string): Promise<z.infer<typeof OpenedInvitation>> {
  const exchangeId = exchangeIds.get(token) ?? crypto.randomUUID();
  exchangeIds.set(token, exchangeId);
  return requestJson('/candidate/hand-off-session', { method: 'POST', body: { token, exchangeId } });
}

export function readDevices(interviewId: string): Promise<InterviewDevices> {
  return requestJson(`${of(interviewId)}/devices`);
}

/** Says that this device is there, and what it shows. */
export function holdInterview(interviewId: string, body: HoldInterview): Promise<InterviewDevices> {
  return requestJson(`${of(interviewId)}/device`, { method: 'PUT', body });
}
