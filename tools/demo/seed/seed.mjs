import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeDemoClips } from '../clips.mjs';
import { PERSONAS, QUESTIONS } from '../personas.mjs';
import { judge, waitUntilPlayable } from './judgements.mjs';
import { makeOrganisation, makePassword } from './people.mjs';
import { openInterview, sendAnswer } from './recordings.mjs';
import {
  dispatcherPosition,
  engineerPosition,
  JUDGEMENTS,
  ORGANISATIONS,
  SHORTLISTED,
  UNOPENED,
} from './story.mjs';
import { ApiClient } from './api-client.mjs';

const DEADLINE_DAYS = 14;
const CRITERIA = ['structure', 'actions', 'learning', 'clarity'];

/**
 * Fills an empty installation through its own API: sign-ins and links first (`demo.json`), recordings and judgements
 * after. Progress is kept beside it, so that an interrupted run goes on where it stopped.
 *
 * @param {{ url: string, dataDirectory: string, ffmpeg: string, say: (text: string) => void }} options
 */
export async function seedDemo({ url, dataDirectory, ffmpeg, say }) {
  const progress = openProgress(join(dataDirectory, 'demo-progress.json'));
  if (progress.state.done) return say('the demo is complete');
  if (!progress.state.people) await makePeople(url, dataDirectory, progress);
  say('sign-ins are ready; recording the clips');
  const clips = await makeDemoClips({ directory: join(dataDirectory, 'demo-clips'), ffmpeg });
  for (const persona of PERSONAS) {
    if (progress.state.recorded.includes(persona.key)) continue;
    await record(url, persona, clips, progress.state);
    progress.save({ recorded: [...progress.state.recorded, persona.key] });
    say(`${persona.name} has answered`);
  }
  await review(url, progress.state);
  progress.save({ done: true });
  say('the demo is complete');
}

/** Organisations, members, positions and invitations: everything that can be signed in to or opened at once. */
async function makePeople(url, dataDirectory, progress) {
  const password = makePassword();
  const newIds = () => Object.fromEntries([...QUESTIONS, ...CRITERIA].map((key) => [key, randomUUID()]));
  const [alder, birch] = ORGANISATIONS;
  const [first, second] = [
    await makeOrganisation(url, alder, password),
    await makeOrganisation(url, birch, password),
  ];
  const ids = newIds();
  const reviewers = [first.people.tove.memberId, first.people.jun.memberId];
  const deadlineAt = new Date(Date.now() + DEADLINE_DAYS * 86_400_000).toISOString();
  const position = await publish(first.people.recruiter.client, engineerPosition(ids, reviewers, deadlineAt));
  const other = await publish(
    second.people.recruiter.client,
    dispatcherPosition(newIds(), [second.people.admin.memberId]),
  );
  const links = {};
  for (const { key, name, language } of PERSONAS)
    links[key] = (await invite(first.people.recruiter.client, position, name, language)).link;
  const invitations = [];
  for (const { organisation, name, locale } of UNOPENED) {
    const [client, where, title] =
      organisation === 'alder'
        ? [first.people.recruiter.client, position, 'Backend engineer']
        : [second.people.recruiter.client, other, 'Night dispatcher'];
    const { link } = await invite(client, where, name, locale);
    const { name: organisationName } = ORGANISATIONS.find(({ key }) => key === organisation);
    invitations.push({ organisation: organisationName, position: title, link });
  }
  progress.save({ people: true, recorded: [], password, ids, links, positionId: position });
  writePrivately(join(dataDirectory, 'demo.json'), {
    url,
    staff: [...first.staff, ...second.staff],
    invitations,
  });
}

async function publish(client, draft) {
  const { positionId } = await client.post('/positions', draft);
  await client.post(`/positions/${positionId}/publish`);
  return positionId;
}

const invite = (client, positionId, name, locale) =>
  client.post(`/positions/${positionId}/invitations`, { name, locale });

async function record(url, persona, clips, { ids, links }) {
  const interview = await openInterview(url, links[persona.key], persona.language);
  for (const question of QUESTIONS) {
    const clip = clips.find(({ key }) => key === `${persona.key}.${question}`);
    if (clip) await sendAnswer(interview, ids[question], clip);
  }
  const complete = QUESTIONS.every((question) => persona.answers[question]);
  if (complete) await interview.client.post(`${interview.path}/submit`);
}

async function review(url, { password, ids, positionId }) {
  const [alder] = ORGANISATIONS;
  const clientOf = async (key) => {
    const client = new ApiClient(url);
    await client.post('/session', { email: alder.members.find((one) => one.key === key).email, password });
    return client;
  };
  // Pseudonyms count invitations, and these were sent in the order of PERSONAS.
  const numbers = Object.fromEntries(PERSONAS.map(({ key }, index) => [key, index + 1]));
  for (const [reviewer, judgement] of Object.entries(JUDGEMENTS)) {
    const client = await clientOf(reviewer);
    await waitUntilPlayable(client);
    await judge(client, judgement, numbers, ids);
  }
  const recruiter = await clientOf('recruiter');
  const { data } = await recruiter.get(`/positions/${positionId}/interviews`);
  for (const { interviewId, name } of data)
    if (PERSONAS.some((persona) => persona.name === name && SHORTLISTED.includes(persona.key)))
      await recruiter.put(`/interviews/${interviewId}/shortlist`, { shortlisted: true });
}

function openProgress(file) {
  const state = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  return {
    state,
    save(change) {
      Object.assign(state, change);
      writePrivately(file, state);
    },
  };
}

/** Whole or not at all, readable by its owner alone: it holds passwords and links. */
function writePrivately(file, value) {
  writeFileSync(`${file}.part`, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.part`, file);
}
