import { Button } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useText } from '../words/use-text';
import classes from './copy-link.module.css';

/** A link shown once, to be copied. Without clipboard permission it is selected, ready for Ctrl/⌘ C. */
export function CopyLink({ link, name }: { link: string; name: string }) {
  const t = useText();
  const field = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState<'no' | 'yes' | 'selected'>('no');
  const copy = async () => {
    field.current?.select();
    const done = await navigator.clipboard?.writeText(link).then(
      () => true,
      () => false,
    );
    setCopied(done ? 'yes' : 'selected');
  };
  return (
    <div>
      <div className={classes.row}>
        <input
          ref={field}
          className={classes.link}
          aria-label={name}
          value={link}
          readOnly
          onFocus={(event) => event.currentTarget.select()}
        />
        <Button
          variant="filled"
          leftSection={copied === 'yes' ? <IconCheck size={16} /> : <IconCopy size={16} stroke={1.5} />}
          onClick={() => void copy()}
        >
          {t('action.copy')}
        </Button>
      </div>
      <p className={classes.state} role="status">
        {copied === 'yes' && t('copy.copied')}
        {copied === 'selected' && t('copy.selected')}
      </p>
    </div>
  );
}
