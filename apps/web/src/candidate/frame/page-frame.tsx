import { useState, type MouseEvent, type ReactNode } from 'react';
import { localeNames, supportedLocales } from '../../intl/locale';
import { useLocale } from '../../intl/locale-provider';
import { useText } from '../messages';
import { classNames } from '../parts/class-names';
import { Icon } from '../parts/icon';
import ui from '../parts/ui.module.css';
import css from './frame.module.css';
import { AccessibilitySheet, HelpSheet, PrivacySheet } from './help-sheets';
import type { Host } from './host';

/**
 * Header, one column, footer: the same on every page. Help and the language switch never move.
 * `task` marks the recording screen, where phones give the footer's place to the action bar.
 */
export function PageFrame(props: {
  host: Host | null;
  task?: boolean;
  /** Opens the adjustments; absent where leaving the page would cost something. */
  onAdjustments?: (() => void) | undefined;
  children: ReactNode;
}) {
  const { host, task, onAdjustments, children } = props;
  const t = useText();
  const [sheet, setSheet] = useState<'help' | 'privacy' | 'accessibility' | null>(null);
  const close = () => setSheet(null);
  return (
    <div className={classNames(css.page, task && css.task)}>
      <a className={css.skip} href="#main" onClick={skipToMain}>
        {t('frame.skip')}
      </a>
      <header className={classNames(ui.col, css.top)}>
        <div className={css.brand}>
          <Mark />
          <span>{host?.organisation ?? t('frame.product')}</span>
        </div>
        <LanguageSwitch />
        <button type="button" className={css.action} aria-haspopup="dialog" onClick={() => setSheet('help')}>
          <Icon name="help" />
          <span>{t('frame.help')}</span>
        </button>
      </header>
      <main id="main" tabIndex={-1} className={css.main}>
        <div className={classNames(ui.col, css.content)}>{children}</div>
      </main>
      <footer className={classNames(ui.col, css.foot)}>
        {host?.notice ? (
          <button type="button" aria-haspopup="dialog" onClick={() => setSheet('privacy')}>
            {t('frame.privacy')}
          </button>
        ) : null}
        <button type="button" aria-haspopup="dialog" onClick={() => setSheet('accessibility')}>
          {t('frame.accessibility')}
        </button>
        <span>{t('frame.runsOn')}</span>
      </footer>
      {sheet === 'help' ? <HelpSheet host={host} onClose={close} onAdjustments={onAdjustments} /> : null}
      {sheet === 'accessibility' ? <AccessibilitySheet host={host} onClose={close} /> : null}
      {sheet === 'privacy' && host?.notice ? <PrivacySheet notice={host.notice} onClose={close} /> : null}
    </div>
  );
}

/** A real jump would put `#main` where invitation secrets are read from. */
function skipToMain(event: MouseEvent): void {
  event.preventDefault();
  document.getElementById('main')?.focus();
}

function LanguageSwitch() {
  const { locale, setLocale } = useLocale();
  return supportedLocales
    .filter((other) => other !== locale)
    .map((other) => (
      <button key={other} type="button" lang={other} className={css.action} onClick={() => setLocale(other)}>
        {localeNames[other]}
      </button>
    ));
}

function Mark() {
  return (
    <svg viewBox="0 0 28 28" aria-hidden="true">
      <rect width="28" height="28" rx="6" fill="var(--text)" />
      <path
        d="M14 22V12M14 17.5c-4 0-6-2-6-6 4 0 6 2 6 6zM14 13.5c0-4 2-6 6-6 0 4-2 6-6 6z"
        fill="none"
        stroke="var(--bg)"
        strokeWidth="1.8"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
