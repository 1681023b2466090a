import { useEffect, useRef, type ReactNode } from 'react';
import { classNames } from './class-names';
import { Icon, type IconName } from './icon';
import css from './monitor.module.css';

/** Picture above, strip below: one object on every screen that shows a camera or a recording. */
export function Monitor(props: { label: string; recording?: boolean; picture: ReactNode; strip: ReactNode }) {
  return (
    <div
      className={classNames(css.monitor, props.recording && css.recording)}
      role="group"
      aria-label={props.label}
      data-monitor=""
    >
      {props.picture}
      <div className={css.strip}>{props.strip}</div>
    </div>
  );
}

export function Picture({ children }: { children: ReactNode }) {
  return <div className={css.picture}>{children}</div>;
}

/** The live camera, mirrored as in a mirror; never the recording. */
export function SelfView({ stream, mirrored = true }: { stream: MediaStream; mirrored?: boolean }) {
  const ref = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (ref.current) ref.current.srcObject = stream;
  }, [stream]);
  // Decoration for those who see it: the strip's words say what happens.
  return (
    <video
      ref={ref}
      className={mirrored ? css.mirror : css.asIs}
      muted
      playsInline
      autoPlay
      aria-hidden="true"
      tabIndex={-1}
    />
  );
}

/** No picture to show, and why. */
export function EmptyPicture({ icon, children }: { icon: IconName; children: ReactNode }) {
  return (
    <div className={classNames(css.picture, css.empty)}>
      <Icon name={icon} />
      <p>{children}</p>
    </div>
  );
}

export function Veil({ children }: { children: ReactNode }) {
  return <div className={css.veil}>{children}</div>;
}

/** Words over the picture's upper corner. */
export function PictureChip({ children }: { children: ReactNode }) {
  return <span className={css.chip}>{children}</span>;
}

/** A switch over the picture's lower corner. */
export function PictureSwitch(props: { icon: IconName; onPress: () => void; children: ReactNode }) {
  return (
    <button type="button" className={css.chip} onClick={props.onPress}>
      <Icon name={props.icon} />
      <span>{props.children}</span>
    </button>
  );
}

/** The word at the strip's start; the dot is red only while recording. */
export function StripState({ recording, children }: { recording?: boolean; children: ReactNode }) {
  return (
    <span className={css.state}>
      <i className={classNames(css.dot, recording && css.dotRecording)} />
      <span>{children}</span>
    </span>
  );
}

/** A clock at the strip's end. Silent: milestones are announced elsewhere. */
export function StripTime({ label, children }: { label?: string; children: ReactNode }) {
  return (
    <div className={css.time} role={label ? 'timer' : undefined} aria-label={label}>
      {children}
    </div>
  );
}
