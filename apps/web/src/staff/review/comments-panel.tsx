import type { CommentEntry } from '@fairtake/contracts';
import { ActionIcon, Button, Textarea } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { KeyboardEvent, RefObject } from 'react';
import { Kbd } from '../keys/kbd';
import type { Player } from '../player/use-player';
import { clock } from '../words/clock';
import { useText } from '../words/use-text';
import classes from './comments-panel.module.css';
import type { TypedComment } from './use-typed-comment';

type CommentsPanelProps = {
  player: Player;
  comments: readonly CommentEntry[];
  typed: TypedComment;
  box: RefObject<HTMLTextAreaElement | null>;
  disabled: boolean;
  onRemove: (commentId: string) => void;
  /** Focus goes back to the workspace, so that its keys answer again. */
  onLeave: () => void;
};

/** Comments tied to a moment. The moment is taken when the box is entered; Ctrl/⌘ Enter saves. */
export function CommentsPanel(props: CommentsPanelProps) {
  const { player, comments, typed, box, disabled, onRemove, onLeave } = props;
  const t = useText();
  const { words, atSeconds: at } = typed;

  const save = () => {
    if (typed.save()) onLeave();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      save();
    } else if (event.key === 'Escape') {
      event.preventDefault();
      onLeave();
    }
  };
  return (
    <section className={classes.comments} aria-label={t('comments.title')}>
      <h3>
        {t('comments.title')} <span>{comments.length > 0 && comments.length}</span>
      </h3>
      <ul>
        {comments.map((comment) => (
          <li key={comment.commentId}>
            <CommentMoment comment={comment} player={player} />
            <p>{comment.text}</p>
            {!disabled && (
              <ActionIcon
                size={24}
                aria-label={t('comments.remove')}
                onClick={() => onRemove(comment.commentId)}
              >
                <IconX size={14} stroke={1.5} />
              </ActionIcon>
            )}
          </li>
        ))}
      </ul>
      {!disabled && (
        <div className={classes.box} data-moment={at !== null || undefined}>
          {at !== null && (
            <span className={classes.at} aria-hidden="true">
              {clock(at)}
            </span>
          )}
          <Textarea
            ref={box}
            aria-label={at === null ? t('comments.new') : t('comments.at', { at: clock(at) })}
            aria-keyshortcuts="c"
            placeholder={t(at === null ? 'comments.new' : 'comments.placeholder')}
            maxLength={4_000}
            value={words}
            rightSection={words ? undefined : <Kbd name="C" />}
            onFocus={typed.enter}
            onBlur={typed.leave}
            onChange={(event) => typed.write(event.currentTarget.value)}
            onKeyDown={onKeyDown}
          />
          {words.trim() !== '' && (
            <Button
              size="compact-sm"
              className={classes.save}
              onClick={save}
              rightSection={<Kbd name="Ctrl ⏎" />}
            >
              {t('comments.save')}
            </Button>
          )}
        </div>
      )}
    </section>
  );
}

function CommentMoment({ comment, player }: { comment: CommentEntry; player: Player }) {
  const t = useText();
  const { atSeconds } = comment;
  if (atSeconds === null) return <span />;
  return (
    <button
      type="button"
      aria-label={t('comments.goTo', { at: clock(atSeconds) })}
      onClick={() => player.controls.seekTo(atSeconds)}
    >
      {clock(atSeconds)}
    </button>
  );
}
