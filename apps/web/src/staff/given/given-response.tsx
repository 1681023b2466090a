import type { AnswerMedia, GivenResponse as Given } from '@fairtake/contracts';
import { IconCircleCheckFilled, IconCircle, IconDownload, IconFile } from '@tabler/icons-react';
import { useEffect } from 'react';
import { Localized } from '../words/localized';
import { useText } from '../words/use-text';
import classes from './given-response.module.css';
import { tellPlayback } from '../player/use-playback-beacon';

/** What was written, chosen or sent instead of a recording. Shown is read: that is recorded like a view. */
export function GivenResponse({ media, given }: { media: AnswerMedia; given: Given }) {
  const { answerId, generation } = media;
  useEffect(() => tellPlayback(answerId, generation), [answerId, generation]);
  switch (given.kind) {
    case 'text':
      return <GivenText given={given} />;
    case 'choice':
      return <GivenChoice given={given} />;
    case 'file':
      return <GivenFile given={given} />;
  }
}

function GivenText({ given }: { given: Extract<Given, { kind: 'text' }> }) {
  const t = useText();
  const { text, locale } = given;
  return (
    // Long texts scroll, so the keyboard has to reach them.
    <div className={classes.text} role="group" aria-label={t('given.text')} tabIndex={0}>
      <p lang={locale} dir="auto">
        {text}
      </p>
      <footer>{t('given.words', { count: text.length })}</footer>
    </div>
  );
}

function GivenChoice({ given }: { given: Extract<Given, { kind: 'choice' }> }) {
  const t = useText();
  return (
    <ul className={classes.options} aria-label={t('given.choice')}>
      {given.options.map((option) => (
        <li key={option.optionId} data-chosen={option.chosen || undefined}>
          {option.chosen ? (
            <IconCircleCheckFilled size={20} aria-hidden />
          ) : (
            <IconCircle size={20} stroke={1.5} aria-hidden />
          )}
          <Localized text={option.text} />
          <span>{t(option.chosen ? 'given.chosen' : 'given.notChosen')}</span>
        </li>
      ))}
    </ul>
  );
}

function GivenFile({ given }: { given: Extract<Given, { kind: 'file' }> }) {
  const t = useText();
  const { type, sizeBytes, name, url } = given;
  const picture = type === 'png' || type === 'jpeg' || type === 'webp';
  const megabytes = Math.max(0.01, Math.round((sizeBytes / (1024 * 1024)) * 100) / 100);
  return (
    <div className={classes.file}>
      {picture && <img src={url} alt={t('given.preview')} loading="lazy" />}
      <div className={classes.facts}>
        <IconFile size={24} stroke={1.5} aria-hidden />
        <p>
          <b>{name ?? t('given.file')}</b>
          <span>{t('given.facts', { type: t(`fileType.${type}`), size: megabytes })}</span>
        </p>
        <a href={url} download className={classes.download}>
          <IconDownload size={16} stroke={1.5} aria-hidden />
          {t('given.download')}
        </a>
      </div>
      {name === null && <p className={classes.hint}>{t('given.blindName')}</p>}
      <p className={classes.hint}>{t('given.care')}</p>
    </div>
  );
}
