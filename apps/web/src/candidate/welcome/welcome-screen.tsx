import type { CandidateInterview } from '@fairtake/contracts';
import type { ReactNode } from 'react';
import { localized } from '../../intl/locale';
import { useLocale } from '../../intl/locale-provider';
import { useText } from '../messages';
import { Button, LinkButton } from '../parts/button';
import { classNames } from '../parts/class-names';
import { Icon } from '../parts/icon';
import { PageTitle } from '../parts/page-title';
import ui from '../parts/ui.module.css';
import { HeldElsewhere } from '../hand-off/held-elsewhere';
import { UnsentElsewhere } from '../hand-off/unsent-elsewhere';
import { UsePhoneLink } from '../hand-off/use-phone-link';
import { MoreTime } from '../adjustments/more-time';
import { InvitationFacts } from './invitation-facts';
import css from './welcome.module.css';

export function WelcomeScreen(props: {
  interview: CandidateInterview;
  onStart: () => void;
  onOtherWays: () => void;
  /** What was recorded here before, and waits. */
  waiting: ReactNode;
  onAdjustments: () => void;
  /** Absent where there is nothing to practise: before consent, or without a question that is recorded. */
  onPractise: (() => void) | null;
  onChanged: () => Promise<void>;
}) {
  const { interview, onStart, onOtherWays, onAdjustments, onPractise, onChanged, waiting } = props;
  const t = useText();
  const { locale } = useLocale();
  const title = localized(interview.title, locale);
  const tab = t('welcome.tab', { title: title.text });
  const moreTime = <MoreTime interview={interview} onChanged={onChanged} />;
  // News comes before what was known already.
  const hasMore = interview.timeRequest?.state === 'granted';
  return (
    <>
      <div className={css.hero}>
        <PageTitle tab={tab} organisation={interview.organisation} lang={title.lang}>
          {title.text}
        </PageTitle>
        <p className={ui.lead}>{t('welcome.lead')}</p>
      </div>
      <HeldElsewhere />
      <UnsentElsewhere interview={interview} />
      {waiting}
      {hasMore ? moreTime : null}
      <InvitationFacts interview={interview} />
      {hasMore ? null : moreTime}
      <p className={ui.promise}>
        <Icon name="shield" />
        <span>{t(interview.deadlineAt ? 'welcome.promise.deadline' : 'welcome.promise')}</span>
      </p>
      <div className={classNames(ui.bar, ui.docked)}>
        <Button primary onPress={onStart}>
          {t(interview.state === 'started' ? 'welcome.continue' : 'welcome.start')}
        </Button>
      </div>
      <nav className={classNames(ui.links, css.ways)} aria-label={t('welcome.ways')}>
        <UsePhoneLink />
        {onPractise ? <LinkButton onPress={onPractise}>{t('welcome.practise')}</LinkButton> : null}
        <LinkButton onPress={onAdjustments}>{t('welcome.adjustment')}</LinkButton>
        <LinkButton onPress={onOtherWays}>{t('welcome.rather')}</LinkButton>
      </nav>
    </>
  );
}
