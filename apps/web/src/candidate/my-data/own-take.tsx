import type { OwnTakeMedia } from '@fairtake/contracts';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useText } from '../messages';
import { LinkButton } from '../parts/button';
import ui from '../parts/ui.module.css';
import { TroubleNote } from '../trouble/trouble-note';
import css from './own-take.module.css';
import { readOwnTake } from './own-data-api';
import { useLoaded } from './use-loaded';

/** Plays a recording of this person that the server holds; fetched only once it is asked for. */
export function OwnTake(props: { interviewId: string; takeId: string; label: string }) {
  const { interviewId, takeId, label } = props;
  const t = useText();
  const [open, setOpen] = useState(false);
  if (open) return <OpenTake interviewId={interviewId} takeId={takeId} label={label} />;
  return (
    <LinkButton onPress={() => setOpen(true)}>
      {t('own.play')}
      <span className={ui.vh}> {label}</span>
    </LinkButton>
  );
}

function OpenTake(props: { interviewId: string; takeId: string; label: string }) {
  const { interviewId, takeId, label } = props;
  const t = useText();
  const load = useCallback(() => readOwnTake(interviewId, takeId), [interviewId, takeId]);
  const media = useLoaded(load);
  if (media.state === 'loading') return <p role="status">{t('own.loading')}</p>;
  if (media.state === 'trouble') return <TroubleNote trouble={media.trouble} onRetry={media.retry} />;
  return <OwnPlayer media={media.value} label={label} />;
}

/** The browser's own player: a recording cut by a reload has several parts, played one after the other. */
function OwnPlayer({ media, label }: { media: OwnTakeMedia; label: string }) {
  const t = useText();
  const [part, setPart] = useState(0);
  const [broken, setBroken] = useState(false);
  const ref = useRef<HTMLVideoElement>(null);
  useEffect(() => ref.current?.focus(), []);
  const { segments } = media;
  const segment = segments[part];
  if (!segment) return null;
  if (broken) return <p role="status">{t('own.broken')}</p>;
  return (
    <div className={css.player}>
      <video
        ref={ref}
        key={segment.url}
        src={segment.url}
        controls
        playsInline
        preload="metadata"
        autoPlay={part > 0}
        aria-label={label}
        className={media.audioOnly ? css.sound : undefined}
        onError={() => setBroken(true)}
        onEnded={() => setPart((now) => (now + 1 < segments.length ? now + 1 : now))}
      />
      {segments.length > 1 ? (
        <p role="status">{t('own.part', { part: part + 1, parts: segments.length })}</p>
      ) : null}
      <p>
        {segments.map(({ url }, index) => (
          <a key={url} className={ui.link} href={`${url}?download=1`} download>
            {t('own.save', { part: index + 1, parts: segments.length })}
            <span className={ui.vh}> {label}</span>
          </a>
        ))}
      </p>
    </div>
  );
}
