import type { CandidateInterview, OwnData } from '@fairtake/contracts';
import { localized } from '../../intl/locale';
import { useLocale } from '../../intl/locale-provider';
import { useText } from '../messages';
import { dayYearAndTime } from '../moments';
import { classNames } from '../parts/class-names';
import ui from '../parts/ui.module.css';
import css from './my-data.module.css';

type Response = OwnData['responses'][number];

/** What this person wrote, chose or sent as a file; nothing when no question asked for that. */
export function WrittenAnswers(props: { interview: CandidateInterview; responses: readonly Response[] }) {
  const { interview, responses } = props;
  const t = useText();
  const { locale } = useLocale();
  if (responses.length === 0) return null;
  return (
    <section className={ui.section}>
      <h2>{t('data.written')}</h2>
      <ol className={css.takes}>
        {responses.map((response) => {
          const question = interview.questions.find(({ questionId }) => questionId === response.questionId);
          const text = question ? localized(question.text, locale) : null;
          return (
            <li key={response.questionId}>
              {text ? <b lang={text.lang}>{text.text}</b> : null}
              <p className={css.written}>{wordsOf(response, question, locale)}</p>
              <p className={classNames(ui.small, ui.muted)}>
                {t(response.kept ? 'data.written.kept' : 'data.written.draft', {
                  moment: dayYearAndTime(response.savedAt, locale),
                })}
              </p>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

function wordsOf(
  { content, fileName }: Response,
  question: CandidateInterview['questions'][number] | undefined,
  locale: string,
): string {
  if (content.kind === 'text') return content.text;
  if (content.kind === 'file') return fileName ?? '';
  const options = question?.settings?.kind === 'choice' ? question.settings.options : [];
  const chosen = options.filter((option) => content.optionIds.includes(option.optionId));
  return new Intl.ListFormat(locale, { type: 'conjunction' }).format(
    chosen.map((option) => localized(option.text, locale).text),
  );
}
