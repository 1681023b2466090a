import type { FileSettings, FileType, OwnFile } from '@fairtake/contracts';
import { useEffect, useId, useRef, useState, useSyncExternalStore } from 'react';
import { useLocale } from '../../intl/locale-provider';
import type { MessageId } from '../messages';
import { useText } from '../messages';
import { Button } from '../parts/button';
import { Callout } from '../parts/callout';
import { Icon } from '../parts/icon';
import { TroubleNote } from '../trouble/trouble-note';
import css from './answers.module.css';
import type { FileUpload, UploadState } from './file-upload';

const typeWords: Record<FileType, string> = {
  pdf: 'PDF',
  docx: 'Word',
  xlsx: 'Excel',
  pptx: 'PowerPoint',
  odt: 'OpenDocument',
  png: 'PNG',
  jpeg: 'JPEG',
  webp: 'WebP',
  text: 'TXT',
  zip: 'ZIP',
};
const endings: Record<FileType, string> = {
  pdf: '.pdf',
  docx: '.docx',
  xlsx: '.xlsx',
  pptx: '.pptx',
  odt: '.odt',
  png: '.png',
  jpeg: '.jpg,.jpeg',
  webp: '.webp',
  text: '.txt,.md',
  zip: '.zip',
};

/** A file from this device: chosen, or dropped here. Limits are told before anything is sent. */
export function FileAnswer(props: { settings: FileSettings; file: OwnFile | null; upload: FileUpload }) {
  const { settings, file, upload } = props;
  const t = useText();
  const { locale } = useLocale();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const state = useSyncExternalStore(upload.subscribe, upload.getSnapshot);
  const send = (files: FileList | null | undefined) => {
    const [first] = files ?? [];
    if (first) void upload.send(first, settings.maxMegabytes * 1024 * 1024);
  };
  useNoStrayDrops();
  const types = new Intl.ListFormat(locale, { type: 'disjunction' }).format(
    settings.types.map((type) => typeWords[type]),
  );

  return (
    <>
      <div
        className={css.drop}
        data-over={over || undefined}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          send(event.dataTransfer.files);
        }}
      >
        <FileFacts state={state} file={file} />
        <input
          ref={input}
          id={id}
          type="file"
          accept={settings.types.map((type) => endings[type]).join(',')}
          aria-describedby={`${id}-hint`}
          onChange={(event) => {
            send(event.target.files);
            // The same file again, after it was changed, is a choice as well.
            event.target.value = '';
          }}
        />
        <label htmlFor={id}>
          <Icon name="up" />
          {file || state.name === 'sending' ? t('response.file.other') : t('response.file.choose')}
        </label>
        <p id={`${id}-hint`} className={css.count}>
          {t('response.file.limits', { types, size: settings.maxMegabytes })}{' '}
          <span className={css.dropHint}>{t('response.file.drop')}</span>
        </p>
      </div>
      {state.name === 'sending' ? (
        <div className={css.field}>
          <Button compact onPress={() => upload.cancel()}>
            {t('response.file.cancel')}
          </Button>
        </div>
      ) : null}
      {state.name === 'refused' ? <Refusal state={state} settings={settings} types={types} /> : null}
      <Callout tone="plain" icon="eye" title={t('response.file.inside')}>
        {t('response.file.inside.body')}
      </Callout>
    </>
  );
}

/** The file that is here, or on its way. */
function FileFacts({ state, file }: { state: UploadState; file: OwnFile | null }) {
  const t = useText();
  if (state.name === 'sending') {
    return (
      <div>
        <p className={css.fileName}>{state.fileName}</p>
        <progress
          className={css.progress}
          max={100}
          value={state.percent}
          aria-label={t('response.file.progress', { name: state.fileName })}
        />
        <p className={css.count} role="status">
          {state.waiting
            ? t('response.file.waiting')
            : t('response.file.sending', { percent: state.percent })}
        </p>
      </div>
    );
  }
  if (!file) return null;
  return (
    <p className={css.given}>
      <span className={css.fileName}>{file.name}</span>{' '}
      <span className={css.count}>
        {t('response.file.facts', { type: typeWords[file.type], size: megabytes(file.sizeBytes) })}
      </span>
    </p>
  );
}

function Refusal(props: {
  state: Extract<UploadState, { name: 'refused' }>;
  settings: FileSettings;
  types: string;
}) {
  const { state, settings, types } = props;
  const t = useText();
  const { code } = state.trouble;
  const title: Partial<Record<typeof code, MessageId>> = {
    file_too_large: 'response.file.tooLarge',
    file_type_refused: 'response.file.otherType',
    files_too_many: 'response.file.tooMany',
  };
  const words = title[code];
  if (!words) return <TroubleNote trouble={state.trouble} />;
  return (
    <Callout tone="warn" icon="warning" role="alert" title={t(words, { name: state.fileName })}>
      {code === 'files_too_many'
        ? t('response.file.tooMany.body')
        : t(code === 'file_type_refused' ? 'response.file.otherType.body' : 'response.file.limits', {
            types,
            size: settings.maxMegabytes,
          })}
    </Callout>
  );
}

/** A MiB is what people call a megabyte; below one, one digit more. */
const megabytes = (sizeBytes: number): number => {
  const size = sizeBytes / (1024 * 1024);
  return size < 0.1 ? Math.ceil(size * 100) / 100 : Math.round(size * 10) / 10;
};

/** A file dropped beside the field would replace this page with itself, and everything on it. */
function useNoStrayDrops(): void {
  useEffect(() => {
    const refuse = (event: DragEvent) => event.preventDefault();
    addEventListener('dragover', refuse);
    addEventListener('drop', refuse);
    return () => {
      removeEventListener('dragover', refuse);
      removeEventListener('drop', refuse);
    };
  }, []);
}
