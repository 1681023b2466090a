import { createHash } from 'node:crypto';
import type { CandidateInterview, FinaliseTake, TakeLease } from '@fairtake/contracts';
import { syntheticFragment, syntheticInit } from '@fairtake/media/testing';
import { v7 as uuidv7 } from 'uuid';
import type { HttpClient, HttpReply, HttpRequest } from './http-client';
import { manifestOf } from './world-interviews';

export const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
export const digestHeader = (bytes: Buffer): string =>
  `sha-256=:${createHash('sha256').update(bytes).digest('base64')}:`;

const video = { trackId: 1, codec: 'avc1', timescale: 90_000 } as const;

/** What a recorder of H.264 hands out: header, then `seconds` of fragments two seconds long. Nothing in it decodes. */
export const recording = (seconds = 4, fragmentBytes = 16): Buffer[] => [
  syntheticInit([video]),
  ...Array.from({ length: Math.ceil(seconds / 2) }, (_, i) =>
    syntheticFragment(
      [{ trackId: 1, startTicks: i * 180_000, sampleDurations: [90_000, 90_000] }],
      // Fragments differ in length, so that no two chunks are alike.
      fragmentBytes + i,
    ),
  ),
];

export interface ChunkPlace {
  takeId: string;
  lease: string;
  segment?: number | string;
  index: number | string;
}

/** A candidate's browser: one session of one interview. Every call gives the reply as it came. */
export class CandidateClient {
  readonly path: string;

  constructor(
    private readonly http: HttpClient,
    readonly interviewId: string,
    readonly cookies: readonly string[],
  ) {
    this.path = `/api/v1/candidate/interviews/${interviewId}`;
  }

  /** Opens an invitation link. */
  static async arrive(http: HttpClient, token: string): Promise<CandidateClient> {
    const reply = await http.post('/api/v1/candidate/session', { body: { token } });
    return new CandidateClient(http, reply.json<{ interviewId: string }>().interviewId, reply.cookies);
  }

  send = (method: string, path = '', request: HttpRequest = {}): Promise<HttpReply> =>
    this.http.send(method, `${this.path}${path}`, { cookies: this.cookies, ...request });

  show = async (): Promise<CandidateInterview> => (await this.send('GET')).json<CandidateInterview>();

  async consent(): Promise<HttpReply> {
    const { noticeId } = (await this.show()).consent;
    return this.send('POST', '/consent', { body: { noticeId, locale: 'en' } });
  }

  openQuestion = (questionId: string): Promise<HttpReply> =>
    this.send('POST', `/questions/${questionId}/open`);

  openTake = (questionId: string, { takeId = uuidv7(), ...over }: OpenTakeOver = {}): Promise<HttpReply> =>
    this.send('PUT', `/takes/${takeId}`, {
      body: { questionId, recorder: 'baseline', mimeType: 'video/mp4', ...over },
    });

  putChunk = (
    { takeId, lease, segment = 0, index }: ChunkPlace,
    bytes: Buffer,
    headers: Record<string, string> = {},
  ): Promise<HttpReply> =>
    this.send('PUT', `/takes/${takeId}/segments/${segment}/chunks/${index}`, {
      body: bytes,
      headers: {
        'content-type': 'application/octet-stream',
        'content-digest': digestHeader(bytes),
        'fairtake-lease': lease,
        ...headers,
      },
    });

  finalise = (takeId: string, manifest: FinaliseTake): Promise<HttpReply> =>
    this.send('POST', `/takes/${takeId}/finalise`, { body: manifest });

  keep = (takeId: string): Promise<HttpReply> => this.send('POST', `/takes/${takeId}/keep`);
  return = (takeId: string, reason = 'device_lost'): Promise<HttpReply> =>
    this.send('POST', `/takes/${takeId}/return`, { body: { reason } });
  status = (takeId: string): Promise<HttpReply> => this.send('GET', `/takes/${takeId}`);
  submit = (): Promise<HttpReply> => this.send('POST', '/submit');

  /** Opens a take and sends the pieces of one segment in order. */
  async upload(questionId: string, pieces: readonly Buffer[] = recording()): Promise<TakeLease> {
    const take = (await this.openTake(questionId)).json<TakeLease>();
    for (const [index, bytes] of pieces.entries()) await this.putChunk({ ...take, index }, bytes);
    return take;
  }

  /** One whole answer: recorded, received, kept. */
  async answer(questionId: string, pieces: readonly Buffer[] = recording()): Promise<string> {
    const { takeId } = await this.upload(questionId, pieces);
    await this.finalise(takeId, manifestOf(pieces));
    await this.keep(takeId);
    return takeId;
  }
}

type OpenTakeOver = { takeId?: string } & Record<string, unknown>;
