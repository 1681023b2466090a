import { useText } from '../messages';
import { Button, LinkButton } from '../parts/button';
import { classNames } from '../parts/class-names';
import { Icon } from '../parts/icon';
import { PageTitle } from '../parts/page-title';
import ui from '../parts/ui.module.css';
import { withoutWords, type WithoutDevices } from './without-devices';

/** What the browser will ask, before it asks; it asks only after the press. */
export function BeforeAsking(props: {
  organisation: string;
  onAllow: () => void;
  withoutDevices: WithoutDevices | null;
  waiting: React.ReactNode;
  onAdjustments: () => void;
}) {
  const { organisation, onAllow, withoutDevices, waiting, onAdjustments } = props;
  const t = useText();
  const strong = (chunks: React.ReactNode[]) => <b key="allow">{chunks}</b>;
  return (
    <>
      <PageTitle tab={t('check.ask.title')} organisation={organisation}>
        {t('check.ask.title')}
      </PageTitle>
      <p className={ui.lead}>{t.rich('check.ask.lead', { b: strong })}</p>
      {waiting}
      <p className={ui.promise}>
        <Icon name="shield" />
        <span>{t('check.ask.promise')}</span>
      </p>
      <div className={ui.bar}>
        <Button primary onPress={onAllow}>
          {t('check.ask.allow')}
        </Button>
      </div>
      <nav className={classNames(ui.links, ui.gap)} aria-label={t('welcome.ways')}>
        {withoutDevices ? (
          <LinkButton onPress={withoutDevices.go}>{t(withoutWords(withoutDevices))}</LinkButton>
        ) : null}
        <LinkButton onPress={onAdjustments}>{t('welcome.adjustment')}</LinkButton>
      </nav>
    </>
  );
}
