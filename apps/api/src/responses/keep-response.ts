import type { AnswerRow, ResponseRow, TenantContext } from '@fairtake/database';
import { readingSeconds } from '@fairtake/domain';

/**
 * Makes a saved response the answer, in place of whatever was kept before. The caller holds the interview's lock and
 * has judged the content.
 *
 * @returns false when the file it names was not received whole
 */
export async function keepResponse(
  tx: TenantContext,
  answer: AnswerRow,
  { content, revision }: ResponseRow,
): Promise<boolean> {
  if (content.kind === 'file' && !(await tx.files.keep(answer.id, content.fileId))) return false;
  await tx.responses.keep(answer.id, revision);
  await tx.answers.keep(answer.id, null, {
    state: 'finished',
    durationSeconds: readingSeconds(content),
    audioOnly: false,
  });
  return true;
}
