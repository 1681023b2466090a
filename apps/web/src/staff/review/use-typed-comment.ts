import { useEffect, useRef, useState } from 'react';
import { v4 as randomId } from 'uuid';
import type { ReviewDraft } from './use-review-draft';

export type TypedComment = {
  words: string;
  /**
   * The moment the words belong to: taken when the box is entered, until then the playing time. Null for an answer
   * that does not play.
   */
  atSeconds: number | null;
  write: (words: string) => void;
  enter: () => void;
  leave: () => void;
  /** Puts the words among the draft's comments and empties the box; false when there were none. */
  save: () => boolean;
};

/** The comment being typed. It is saved when its clip is left, because nobody expects typed words to vanish. */
export function useTypedComment(
  review: ReviewDraft,
  playingSeconds: number | null,
  closed: boolean,
): TypedComment {
  const [words, setWords] = useState('');
  const [taken, setTaken] = useState<number | null>(null);
  const atSeconds = taken ?? playingSeconds;

  const save = () => {
    const text = words.trim();
    if (!text || closed) return false;
    // A tenth of a second is finer than anyone comments, and keeps the stored value short.
    const moment = atSeconds === null ? null : Math.round(atSeconds * 10) / 10;
    review.saveComment({ commentId: randomId(), atSeconds: moment, text });
    setWords('');
    setTaken(null);
    return true;
  };
  const leaveClip = useRef<() => void>(() => undefined);
  useEffect(() => {
    leaveClip.current = () => {
      if (save()) review.sendNow();
    };
  });
  useEffect(() => () => leaveClip.current(), []);

  return {
    words,
    atSeconds,
    write: setWords,
    enter: () => setTaken((present) => present ?? playingSeconds),
    leave: () => {
      if (!words.trim()) setTaken(null);
    },
    save,
  };
}
