import type {
  Board,
  Comparison,
  FinalisedTake,
  ReviewBatch,
  ReviewQueue,
  ReviewReply,
  TakeLease,
} from '@fairtake/contracts';
import { makeClip, recordedPieces } from '@fairtake/media/testing';
import { makeTemporaryDirectory } from '@fairtake/testing';
import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { CandidateClient, sha256 } from './candidate-client';
import { criterionDraft, questionDraft } from './position-draft';
import { RecruitingClient } from './recruiting-client';
import { startTestApp, type TestApp } from './test-app';
import { buildWorld, type World } from './world';
import { manifestOf } from './world-interviews';

let service: TestApp;
let world: World;
beforeAll(async () => {
  service = await startTestApp();
  world = await buildWorld(service.database);
});
afterAll(() => service?.close());

const seconds = 6;
const clip = () => makeClip({ seconds, container: 'mp4', videoCodec: 'h264', audioCodec: 'opus' });

/** The bytes a player would put together from a playlist, fetched range by range over HTTP. */
async function play(playlistUrl: string, cookies: readonly string[]): Promise<Buffer> {
  const playlist = await service.http.get(playlistUrl, { cookies });
  expect([playlist.status, playlist.text.split('\n')[0]]).toEqual([200, '#EXTM3U']);
  const parts: Buffer[] = [];
  let range: { sizeBytes: number; offset: number } | null = null;
  for (const line of playlist.text.split('\n')) {
    const map = /^#EXT-X-MAP:URI="([^"]+)",BYTERANGE="(\d+)@(\d+)"/.exec(line);
    const next = /^#EXT-X-BYTERANGE:(\d+)@(\d+)/.exec(line);
    if (map) parts.push(await part(map[1]!, { sizeBytes: Number(map[2]), offset: Number(map[3]) }));
    else if (next) range = { sizeBytes: Number(next[1]), offset: Number(next[2]) };
    else if (line !== '' && !line.startsWith('#')) parts.push(await part(line, range!));
  }
  return Buffer.concat(parts);

  async function part(uri: string, { sizeBytes, offset }: { sizeBytes: number; offset: number }) {
    const { pathname } = new URL(uri, `http://localhost${playlistUrl}`);
    const headers = { range: `bytes=${offset}-${offset + sizeBytes - 1}` };
    const reply = await service.http.get(pathname, { cookies, headers });
    expect([reply.status, reply.bytes.length]).toEqual([206, sizeBytes]);
    return reply.bytes;
  }
}

/** Decodes every frame. @returns how many pictures there were and how long they last */
async function decode(bytes: Buffer): Promise<{ frames: number; seconds: number }> {
  const directory = await makeTemporaryDirectory({ name: 'played' });
  try {
    const file = path.join(directory.path, 'played.mp4');
    await fs.writeFile(file, bytes);
    const { stdout } = await promisify(execFile)('ffprobe', [
      ...['-v', 'error', '-count_frames', '-select_streams', 'v:0'],
      ...['-show_entries', 'stream=nb_read_frames:format=duration', '-of', 'json', file],
    ]);
    const probed = JSON.parse(stdout) as {
      streams: [{ nb_read_frames: string }];
      format: { duration: string };
    };
    return { frames: Number(probed.streams[0].nb_read_frames), seconds: Number(probed.format.duration) };
  } finally {
    await directory.remove();
  }
}

test('from a published position to a compared score, byte for byte', async () => {
  const { people } = world.ours;
  const reviewers = [people.assigned, people.unassigned];
  const recruiter = new RecruitingClient(service.http, [people.recruiter.cookie]);

  // The recruiter sets up, publishes and invites.
  const questions = [questionDraft({ answerSeconds: 60, takes: 2 })];
  const { questionId } = questions[0]!;
  const position = await recruiter.openPosition({
    questions,
    criteria: [criterionDraft([questionId], { weight: 3 }), criterionDraft([questionId], { weight: 1 })],
    reviewerIds: reviewers.map((person) => person.memberId),
  });
  const invited = await recruiter.invite(position.positionId, { name: 'Ada', email: 'ada@example.org' });
  const other = await recruiter.candidate(position.positionId, { name: 'Ben' });

  // The candidate opens the link, agrees, thinks and records; the network brings chunks late, twice and out of order.
  const pieces = recordedPieces(await clip(), 'mp4');
  expect(pieces.length).toBeGreaterThan(3);
  const candidate = await CandidateClient.arrive(service.http, invited.token);
  await candidate.consent();
  expect((await candidate.openQuestion(questionId)).status).toBe(200);
  const take = (await candidate.openTake(questionId)).json<TakeLease>();
  const order = [...pieces.keys()].reverse().flatMap((index) => [index, index]);
  await Promise.all(order.map((index) => candidate.putChunk({ ...take, index }, pieces[index]!)));
  const produced = Buffer.concat(pieces);
  const finalised = await candidate.finalise(take.takeId, manifestOf(pieces, seconds * 1000));
  expect(finalised.json<FinalisedTake>()).toMatchObject({
    verdict: 'complete',
    segments: [{ sizeBytes: produced.length, sha256: sha256(produced) }],
  });
  const kept = (await candidate.keep(take.takeId)).json<{ keptDurationSeconds: number }>();
  expect(kept.keptDurationSeconds).toBeCloseTo(seconds, 0);
  expect((await candidate.submit()).status).toBe(200);
  // Somebody else's answer is in the batch too.
  await other.answer(questionId, pieces);
  await other.submit();

  // Both reviewers find the clips, watch Ada's from its playlist, and score both.
  let answerId = '';
  for (const [i, person] of reviewers.entries()) {
    const cookies = [person.cookie];
    const queue = (await service.http.get('/api/v1/review/batches', { cookies })).json<ReviewQueue>();
    const summary = queue.data.find((batch) => batch.positionId === position.positionId)!;
    expect(summary).toMatchObject({ total: 2, submitted: 0, waiting: 0, questionNumber: 1 });
    const url = `/api/v1/review/rounds/${summary.roundId}/questions/${questionId}`;
    const batch = (await service.http.get(url, { cookies })).json<ReviewBatch>();
    const ada = batch.clips.find((each) => each.label === 'Ada')!;
    expect(ada.media).toMatchObject({ state: 'playable', sources: [{ kind: 'hls' }] });
    ({ answerId } = ada);
    const played = await play(ada.media.sources[0]!.url, cookies);
    expect(sha256(played)).toBe(sha256(produced));
    if (i === 0) {
      const decoded = await decode(played);
      expect(decoded.frames).toBe(seconds * 30);
      expect(decoded.seconds).toBeCloseTo(seconds, 0);
    }
    for (const each of batch.clips) {
      const level = each.answerId === answerId ? 4 + i : 2;
      const body = {
        ...{ rubricId: batch.rubricId, version: 0, comments: [] },
        scores: batch.criteria.map(({ criterionId }) => ({
          ...{ criterionId, level, cannotRate: null, evidence: null },
        })),
      };
      const path = `/api/v1/answers/${each.answerId}/review`;
      await service.http.put(path, { cookies, body });
      const submitted = await service.http.post(`${path}/submit`, { cookies, body: { version: 1 } });
      expect(submitted.json<ReviewReply>().others).toHaveLength(i);
    }
  }

  // The recruiter sees the score and compares.
  const { cookies } = recruiter;
  const path = `/api/v1/positions/${position.positionId}`;
  const board = (await service.http.get(`${path}/interviews`, { cookies })).json<Board>();
  const row = board.data.find((each) => each.interviewId === invited.interviewId)!;
  expect(row).toMatchObject({ name: 'Ada', state: 'reviewed', reviewsSubmitted: 2, reviewsExpected: 2 });
  // Criteria 4 and 5 from two reviewers: each criterion's mean is 4.5, whatever its weight.
  expect(row.score).toBeCloseTo(4.5);
  const query = `interviews=${invited.interviewId},${other.interviewId}`;
  const comparison = (await service.http.get(`${path}/compare?${query}`, { cookies })).json<Comparison>();
  expect(comparison.matrix.map((each) => [each.name, each.score])).toEqual([
    ['Ada', 4.5],
    ['Ben', 2],
  ]);
  expect(comparison.panes[0]).toMatchObject({ media: { answerId }, withheld: false });
  expect(comparison.panes[0]!.cells[0]!.dots.map((dot) => dot.level)).toEqual([4, 5]);
  expect(sha256(await play(comparison.panes[0]!.media!.sources[0]!.url, cookies))).toBe(sha256(produced));
});

test('a recording that went on in a second segment plays through, with its break marked', async () => {
  const { people } = world.ours;
  const recruiter = new RecruitingClient(service.http, [people.recruiter.cookie]);
  const position = await recruiter.openPosition({ reviewerIds: [people.assigned.memberId] });
  const { questionId } = position.questions[0]!;
  const candidate = await recruiter.candidate(position.positionId);
  const pieces = recordedPieces(await clip(), 'mp4');
  const first = await candidate.upload(questionId, pieces);
  // The page was reloaded: the same browser goes on with a new lease.
  const second = (await candidate.openTake(questionId, { takeId: first.takeId })).json<TakeLease>();
  expect(second.nextSegment).toBe(1);
  for (const [index, piece] of pieces.entries())
    await candidate.putChunk({ ...second, segment: 1, index }, piece);
  const one = manifestOf(pieces, seconds * 1000).segments[0]!;
  const finalised = await candidate.finalise(first.takeId, {
    ...{ segments: [one, one], durationMs: 2 * seconds * 1000 },
  });
  expect(finalised.json<FinalisedTake>().segments).toHaveLength(2);
  await candidate.keep(first.takeId);
  await candidate.submit();
  const answers = await service.database.inOrganisation(world.ours.organisationId, (tx) =>
    tx.answers.listOfInterview(candidate.interviewId),
  );
  const cookies = [people.admin.cookie];
  const { id, generation } = answers[0]!;
  const url = `/media/answers/${id}/${generation}/playlists/source.m3u8`;
  const { text } = await service.http.get(url, { cookies });
  expect(text.match(/#EXT-X-DISCONTINUITY\n/g)).toHaveLength(1);
  expect(text.match(/#EXT-X-MAP/g)).toHaveLength(2);
  const whole = Buffer.concat(pieces);
  expect(sha256(await play(url, cookies))).toBe(sha256(Buffer.concat([whole, whole])));
});
