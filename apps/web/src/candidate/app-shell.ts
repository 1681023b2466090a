const workerUrl = '/sw.js';

/**
 * Keeps the candidate's pages on this device after the first visit, so that a reload without network finds them. Waits
 * until the page itself has loaded: the shell must not compete with it.
 *
 * @param entry address of this page's entry script, which names its build
 */
export function keepAppShell(entry: string): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  const path = new URL(entry).pathname;
  const start = (): void => {
    navigator.serviceWorker
      .register(workerUrl, { scope: '/i', updateViaCache: 'none' })
      .then((registration) => greet(registration, path))
      // Private windows and some policies forbid it. Everything works without, but for a reload while offline.
      .catch(() => undefined);
  };
  if (document.readyState === 'complete') start();
  else addEventListener('load', start, { once: true });
}

/** Tells a waiting worker which build this page is of: it takes over when no page of the build before is open. */
function greet(registration: ServiceWorkerRegistration, entry: string): void {
  const tell = (): void => registration.waiting?.postMessage({ name: 'page-started', entry });
  tell();
  registration.addEventListener('updatefound', () => {
    registration.installing?.addEventListener('statechange', tell);
  });
}
