import { listDevices, type DeviceChoice } from '@fairtake/capture';
import { useEffect, useId, useState } from 'react';
import { useText } from '../messages';
import { useRecording } from '../recording/recording-context';
import css from './check.module.css';

/** Camera and microphone to choose from; a picker appears only when there is more than one. */
export function DevicePickers({ stream, soundOnly }: { stream: MediaStream; soundOnly: boolean }) {
  const t = useText();
  const { camera } = useRecording();
  const { cameras, microphones } = useDevices(stream);
  const [videoTrack] = stream.getVideoTracks();
  const [audioTrack] = stream.getAudioTracks();
  const showCameras = cameras.length > 1 && !soundOnly;
  const showMicrophones = microphones.length > 1;
  if (!showCameras && !showMicrophones) return null;
  return (
    <div className={css.pickers}>
      {showCameras ? (
        <Picker
          label={t('check.camera')}
          choices={cameras}
          value={videoTrack?.getSettings().deviceId}
          onPick={(id) => void camera.open({ camera: id })}
        />
      ) : null}
      {showMicrophones ? (
        <Picker
          label={t('check.microphone')}
          choices={microphones}
          value={audioTrack?.getSettings().deviceId}
          onPick={(id) => void camera.open({ microphone: id })}
        />
      ) : null}
    </div>
  );
}

function Picker(props: {
  label: string;
  choices: DeviceChoice[];
  value: string | undefined;
  onPick: (deviceId: string) => void;
}) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id}>{props.label}</label>
      <select id={id} value={props.value} onChange={(event) => props.onPick(event.target.value)}>
        {props.choices.map(({ deviceId, label }) => (
          <option key={deviceId} value={deviceId}>
            {label}
          </option>
        ))}
      </select>
    </div>
  );
}

function useDevices(stream: MediaStream) {
  const [devices, setDevices] = useState<Awaited<ReturnType<typeof listDevices>>>({
    cameras: [],
    microphones: [],
  });
  useEffect(() => {
    let wanted = true;
    const list = () => void listDevices().then((found) => wanted && setDevices(found));
    list();
    navigator.mediaDevices.addEventListener('devicechange', list);
    return () => {
      wanted = false;
      navigator.mediaDevices.removeEventListener('devicechange', list);
    };
  }, [stream]);
  return devices;
}
