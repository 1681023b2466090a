import { makeInvitation } from '../playable/hiring.mjs';

/** Far from the answer's end, so that no limit but the stop ends it. */
const SPARE_SECONDS = 120;

/** An invitation of its own for each answer. */
export const inviteCandidate = (organisation, seconds) =>
  makeInvitation(organisation, Math.ceil(seconds) + SPARE_SECONDS);

/** In the page: what a candidate's pages ask before the first question is shown. Returns the interview's id. */
export async function arrive({ token, questionId }) {
  const api = '/api/v1/candidate';
  const ask = async (path, body) => {
    const post = {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    };
    const reply = await fetch(`${api}${path}`, body === undefined ? {} : post);
    const text = await reply.text();
    if (!reply.ok) throw new Error(`${path}: ${reply.status} ${text}`);
    return text === '' ? null : JSON.parse(text);
  };
  const { interviewId } = await ask('/session', { token });
  const path = `/interviews/${interviewId}`;
  const { consent } = await ask(path);
  await ask(`${path}/consent`, { noticeId: consent.noticeId, locale: 'en' });
  await ask(`${path}/questions/${questionId}/open`, {});
  return interviewId;
}
