import type {
  CandidateAnswer,
  FileStatus,
  OpenFile,
  ResponseContent,
  ResponseView,
} from '@fairtake/contracts';
import { ApiProblem, NetworkFault, requestJson } from '../../api/api-client';

export type ResponseAddress = { interviewId: string; questionId: string };

const base = (interviewId: string): string => `/candidate/interviews/${interviewId}`;
const place = ({ interviewId, questionId }: ResponseAddress): string =>
  `${base(interviewId)}/questions/${questionId}/response`;

export const readResponse = (address: ResponseAddress): Promise<ResponseView> => requestJson(place(address));

/** @param revision the one seen last, 0 for the first; another one on the server is refused with `edit_conflict` */
export const saveResponse = (
  address: ResponseAddress,
  revision: number,
  content: ResponseContent,
): Promise<ResponseView> =>
  requestJson(place(address), {
    ...{ method: 'PUT', body: { content } },
    headers: { 'if-match': `"${revision}"` },
  });

export const keepResponse = (address: ResponseAddress, revision: number): Promise<CandidateAnswer> =>
  requestJson(`${place(address)}/keep`, { method: 'POST', body: { revision } });

export const announceFile = (interviewId: string, fileId: string, body: OpenFile): Promise<FileStatus> =>
  requestJson(`${base(interviewId)}/files/${fileId}`, { method: 'PUT', body });

export const finishFile = (interviewId: string, fileId: string, sha256: string): Promise<FileStatus> =>
  requestJson(`${base(interviewId)}/files/${fileId}/finish`, { method: 'POST', body: { sha256 } });

/** Sends one piece with its digest; acknowledged means durable. @throws ApiProblem, NetworkFault */
export async function sendPiece(
  place: { interviewId: string; fileId: string; index: number },
  bytes: ArrayBuffer,
  digest: ArrayBuffer,
  signal: AbortSignal,
): Promise<void> {
  const { interviewId, fileId, index } = place;
  const url = `/api/v1${base(interviewId)}/files/${fileId}/pieces/${index}`;
  const headers = {
    ...{ accept: 'application/json', 'content-type': 'application/octet-stream' },
    'content-digest': `sha-256=:${btoa(String.fromCharCode(...new Uint8Array(digest)))}:`,
  };
  const timeout = AbortSignal.timeout(pieceTimeoutMs);
  let response: Response;
  try {
    response = await fetch(url, {
      ...{ method: 'PUT', headers, body: bytes },
      signal: AbortSignal.any([signal, timeout]),
    });
  } catch (error) {
    if (signal.aborted) throw error;
    throw new NetworkFault('No answer from the server', { cause: error });
  }
  const type = response.headers.get('content-type') ?? '';
  if (response.ok && type.includes('json')) return;
  // A page that answers in the server's place (a hotel's, say) has stored nothing.
  if (response.ok) throw new NetworkFault('An answer that is not the server’s');
  const problem = type.includes('json') ? await response.json().catch(() => null) : null;
  if (problem?.code) throw new ApiProblem(problem);
  throw new NetworkFault(`The way to the server answered ${response.status}`);
}

/** A MiB at 70 kbit/s. */
const pieceTimeoutMs = 120_000;
