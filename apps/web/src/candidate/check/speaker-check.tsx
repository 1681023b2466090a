import { playChime } from '@fairtake/capture';
import { useState } from 'react';
import { useText } from '../messages';
import { Button } from '../parts/button';
import css from './check.module.css';

/** Three notes on a press, and the question whether they were heard. */
export function SpeakerCheck() {
  const t = useText();
  const [state, setState] = useState<'silent' | 'playing' | 'played' | 'heard' | 'not_heard'>('silent');
  const play = () => {
    setState('playing');
    playChime().then(
      () => setState('played'),
      () => setState('not_heard'),
    );
  };
  const asks = state === 'played';
  return (
    <div className={css.speaker}>
      <p role="status">
        {state === 'heard'
          ? t('check.speaker.works')
          : state === 'not_heard'
            ? t('check.speaker.louder')
            : asks
              ? t('check.speaker.didYou')
              : t('check.speaker')}
      </p>
      <div>
        {asks ? (
          <>
            <Button compact onPress={() => setState('heard')}>
              {t('check.yes')}
            </Button>
            <Button compact onPress={() => setState('not_heard')}>
              {t('check.no')}
            </Button>
          </>
        ) : (
          <Button compact icon="play" busy={state === 'playing'} onPress={play}>
            {t(state === 'silent' || state === 'playing' ? 'check.speaker.play' : 'check.speaker.again')}
          </Button>
        )}
      </div>
    </div>
  );
}
