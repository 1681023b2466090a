/** Whether this browser has what a recording needs: a secure page, a camera interface, a recorder, a journal. */
export function canRecord(): boolean {
  return (
    window.isSecureContext &&
    typeof navigator.mediaDevices?.getUserMedia === 'function' &&
    typeof window.MediaRecorder === 'function' &&
    typeof window.indexedDB === 'object'
  );
}
