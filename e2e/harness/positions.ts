import type { PositionDraft, PositionView } from '@fairtake/contracts';
import { randomUUID } from 'node:crypto';
import type { Person } from './people';

/** A published position: one question, one criterion, one review per answer unless told otherwise. */
export async function publishPosition(
  recruiter: Person,
  options: { title: string; question: string; reviewers: Person[] },
): Promise<string> {
  const { client } = recruiter;
  const questionId = randomUUID();
  const both = (words: string) => ({ en: words, 'zh-CN': words });
  const draft: PositionDraft = {
    title: both(options.title),
    languages: ['en', 'zh-CN'],
    deadlineAt: null,
    timeZone: 'Asia/Singapore',
    blind: true,
    autoSubmit: false,
    adjustmentPolicy: 'self_service',
    adjustmentKinds: ['think_time', 'answer_time', 'extra_takes', 'audio_only', 'text_answers'],
    reviewersPerAnswer: options.reviewers.length,
    replyWorkingDays: 3,
    retentionDays: 180,
    questions: [
      {
        questionId,
        kind: 'video',
        text: both(options.question),
        thinkSeconds: 30,
        answerSeconds: 120,
        takes: 2,
        required: true,
      },
    ],
    criteria: [
      {
        criterionId: randomUUID(),
        name: both('Actions taken'),
        lookFor: both('Their own steps, in order'),
        weight: 1,
        anchors: [1, 3, 5].map((level) => ({ level, text: both(`What one hears at ${level}`) })),
        questionIds: [questionId],
      },
    ],
    reviewerIds: options.reviewers.map(({ memberId }) => memberId),
  };
  const { positionId } = await client.post<PositionView>('/positions', draft);
  await client.post(`/positions/${positionId}/publish`);
  return positionId;
}
