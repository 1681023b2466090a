import { useText } from '../messages';
import { Button } from '../parts/button';
import { Callout } from '../parts/callout';

/** What will be shared and recorded, before anything is. */
export function ScreenNote() {
  const t = useText();
  return (
    <Callout tone="info" icon="eye" title={t('screen.before')}>
      {t('screen.before.body')}
    </Callout>
  );
}

/** Instead of the monitor where nothing can be shared. */
export function ScreenElsewhere({ onOtherWays }: { onOtherWays: () => void }) {
  const t = useText();
  return (
    <Callout
      tone="warn"
      icon="warning"
      title={t('screen.phone')}
      actions={
        <Button compact onPress={onOtherWays}>
          {t('screen.otherWay')}
        </Button>
      }
    >
      {t('screen.phone.body')}
    </Callout>
  );
}
