import type { CandidateInterview } from '@fairtake/contracts';
import { useEffect, useState } from 'react';
import { useText } from '../messages';
import { Button, LinkButton } from '../parts/button';
import { classNames } from '../parts/class-names';
import { Icon } from '../parts/icon';
import { PageTitle } from '../parts/page-title';
import ui from '../parts/ui.module.css';
import { useCamera, useRecording } from '../recording/recording-context';
import { CheckMonitor } from './check-monitor';
import { CheckRows } from './check-rows';
import { DevicePickers } from './device-pickers';
import css from './check.module.css';
import { useTestClip } from './use-test-clip';

/** The green room: a page before the browser asks, then picture, sound and a test nobody else sees. */
export function CheckScreen(props: {
  interview: CandidateInterview;
  onDone: () => void;
  onOtherWays: () => void;
}) {
  const { interview, onDone, onOtherWays } = props;
  const t = useText();
  const { camera } = useRecording();
  const state = useCamera();
  const { clip, record, clear } = useTestClip(camera.subscribeLevel);
  const [heard, setHeard] = useState<'yes' | 'no' | null>(null);

  useEffect(() => {
    void camera.openUnasked();
  }, [camera]);

  if (state.status === 'off') {
    return <BeforeAsking organisation={interview.organisation} onAllow={() => void camera.open()} />;
  }
  const live = state.status === 'live' ? state : null;
  const again = () => {
    setHeard(null);
    if (live) record(live.stream);
  };
  const soundOnly = () => {
    clear();
    void camera.open({ camera: false });
  };
  return (
    <>
      <PageTitle tab={t('check.title')} organisation={interview.organisation}>
        {t('check.title')}
      </PageTitle>
      <p className={ui.lead}>
        {state.status === 'failed'
          ? t('check.lead.failed')
          : clip.state === 'recorded'
            ? t('check.lead.play')
            : t('check.lead.say')}
      </p>
      <CheckMonitor state={state} clip={clip} />
      {live && (clip.state === 'none' || clip.state === 'recording') ? (
        <div className={classNames(ui.bar, ui.docked)}>
          <Button primary busy={clip.state === 'recording'} onPress={again}>
            {clip.state === 'recording' ? t('check.recording') : t('check.record')}
          </Button>
        </div>
      ) : null}
      {clip.state === 'recorded' && heard === null ? (
        <fieldset className={css.ask} ref={focusIt} tabIndex={-1}>
          <legend>{t('check.couldHear')}</legend>
          <div className={classNames(ui.pair, css.pair)}>
            <Button onPress={() => setHeard('yes')}>{t('check.yes')}</Button>
            <Button onPress={() => setHeard('no')}>{t('check.no')}</Button>
          </div>
        </fieldset>
      ) : null}
      {heard === 'no' ? <Fixer /> : null}
      {live ? <DevicePickers stream={live.stream} soundOnly={live.soundOnly} /> : null}
      <CheckRows interview={interview} state={state} />
      {live && (clip.state === 'recorded' || clip.state === 'failed') ? (
        <div className={classNames(ui.bar, ui.docked)}>
          <Button primary={heard !== 'no'} onPress={onDone}>
            {t('check.continue')}
          </Button>
          <Button primary={heard === 'no'} onPress={again}>
            {t('check.again')}
          </Button>
        </div>
      ) : null}
      {state.status === 'failed' && state.stream ? (
        <div className={classNames(ui.bar, ui.docked)}>
          <Button onPress={soundOnly}>{t('check.soundOnly')}</Button>
        </div>
      ) : null}
      <nav className={classNames(ui.links, ui.gap)} aria-label={t('welcome.ways')}>
        {live && clip.state === 'none' ? <LinkButton onPress={onDone}>{t('check.skip')}</LinkButton> : null}
        <LinkButton onPress={onOtherWays}>{t('welcome.adjustment')}</LinkButton>
      </nav>
    </>
  );
}

/** The button that had the focus is gone: the question takes it. */
function focusIt(element: HTMLElement | null): void {
  element?.focus({ preventScroll: true });
}

/** What the browser will ask, before it asks; it asks only after the press. */
function BeforeAsking({ organisation, onAllow }: { organisation: string; onAllow: () => void }) {
  const t = useText();
  const strong = (chunks: React.ReactNode[]) => <b key="allow">{chunks}</b>;
  return (
    <>
      <PageTitle tab={t('check.ask.title')} organisation={organisation}>
        {t('check.ask.title')}
      </PageTitle>
      <p className={ui.lead}>{t.rich('check.ask.lead', { b: strong })}</p>
      <p className={ui.promise}>
        <Icon name="shield" />
        <span>{t('check.ask.promise')}</span>
      </p>
      <div className={ui.bar}>
        <Button primary onPress={onAllow}>
          {t('check.ask.allow')}
        </Button>
      </div>
    </>
  );
}

function Fixer() {
  const t = useText();
  return (
    <section className={css.fixer} role="status">
      <h2>{t('check.fixer')}</h2>
      <ol>
        <li>{t('check.fixer.sound')}</li>
        <li>{t('check.fixer.microphone')}</li>
        <li>{t('check.fixer.again')}</li>
      </ol>
    </section>
  );
}
