import type { CandidateQuestion } from '@fairtake/contracts';
import { ChoiceAnswer } from './choice-answer';
import { FileAnswer } from './file-answer';
import type { FileUpload } from './file-upload';
import type { DraftState, ResponseDraft } from './response-draft';
import { TextAnswer } from './text-answer';

/** What the answer is given with. */
export function ResponseField(props: {
  question: CandidateQuestion;
  /** The question in the reader's language: the name of the group of options. */
  text: string;
  draft: ResponseDraft;
  state: DraftState;
  upload: FileUpload;
}) {
  const { question, text, draft, state, upload } = props;
  const { settings } = question;
  const { content, file } = state;
  switch (settings?.kind) {
    case 'text':
      return (
        <TextAnswer
          settings={settings}
          value={content?.kind === 'text' ? content.text : ''}
          onChange={(value) => draft.change({ kind: 'text', text: value })}
        />
      );
    case 'choice':
      return (
        <ChoiceAnswer
          settings={settings}
          question={text}
          chosen={content?.kind === 'choice' ? content.optionIds : []}
          onChange={(optionIds) => draft.change({ kind: 'choice', optionIds })}
        />
      );
    case 'file':
      return <FileAnswer settings={settings} file={file} upload={upload} />;
    case undefined:
      return null;
  }
}
