import { createHash, randomUUID } from 'node:crypto';
import { makeInvitation } from '../playable/hiring.mjs';

const ANSWER_SECONDS = 180;

/**
 * Takes that are open for chunks, each of a candidate of its own.
 *
 * @returns {Promise<{ path: string, headers: object, next: number }[]>} targets of `load-process.mjs`
 */
export async function openTakes({ url, organisation, bodyBytes, count }) {
  const digest = createHash('sha256').update(Buffer.alloc(bodyBytes, 'fairtake ')).digest('base64');
  const targets = [];
  for (let at = 0; at < count; at++) targets.push(await openTake({ url, organisation, digest }));
  return targets;
}

async function openTake({ url, organisation, digest }) {
  const { questionId, link } = await makeInvitation(organisation, ANSWER_SECONDS);
  const candidate = new Candidate(url);
  const { interviewId } = await candidate.ask('POST', '/session', {
    token: link.slice(link.indexOf('#') + 1),
  });
  const path = `/interviews/${interviewId}`;
  const { consent } = await candidate.ask('GET', path);
  await candidate.ask('POST', `${path}/consent`, { noticeId: consent.noticeId, locale: 'en' });
  await candidate.ask('POST', `${path}/questions/${questionId}/open`, {});
  const take = `${path}/takes/${randomUUID()}`;
  const { lease } = await candidate.ask('PUT', take, {
    questionId,
    recorder: 'baseline',
    mimeType: 'video/mp4',
  });
  return {
    path: `/api/v1/candidate${take}/segments/0/chunks`,
    next: 0,
    headers: {
      ...candidate.headers(),
      'Content-Type': 'application/octet-stream',
      'Content-Digest': `sha-256=:${digest}:`,
      'Fairtake-Lease': lease,
    },
  };
}

/** Keeps its cookies where the load process can have them. */
class Candidate {
  #cookies = new Map();

  constructor(url) {
    this.url = url;
  }

  headers() {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    return { Origin: this.url, Cookie: cookie };
  }

  async ask(method, path, body) {
    const json = body === undefined ? {} : { 'Content-Type': 'application/json' };
    const reply = await fetch(`${this.url}/api/v1/candidate${path}`, {
      method,
      headers: { ...this.headers(), ...json },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    for (const cookie of reply.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (name) this.#cookies.set(name, value);
    }
    const text = await reply.text();
    if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${text}`);
    return text === '' ? null : JSON.parse(text);
  }
}
