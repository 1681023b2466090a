import { useCallback, useEffect, useState } from 'react';
import { arrive, takeToken, type Arrival } from './arrival';
import { hostOf } from './frame/host';
import { PageFrame } from './frame/page-frame';
import { inAppBrowser } from './in-app-browser';
import { Interview } from './interview';
import { canRecord } from './recording-support';
import { BrowserScreen } from './trouble/browser-screen';
import { TroubleScreen } from './trouble/trouble-screen';
import { WelcomeSkeleton } from './welcome/welcome-skeleton';

/** Finds the interview, then shows it; or says why there is none. */
export function App({ initialToken }: { initialToken: string | null }) {
  const [token, setToken] = useState(initialToken);
  const [arrival, setArrival] = useState<Arrival>({ state: 'loading' });
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    let wanted = true;
    setArrival({ state: 'loading' });
    void arrive(token).then((found) => {
      if (wanted) setArrival(found);
    });
    return () => {
      wanted = false;
    };
  }, [token, attempt]);

  // A second invitation pasted into this tab changes only the fragment, so no page load announces it.
  useEffect(() => {
    const changed = () => {
      const next = takeToken();
      if (next !== null) setToken(next);
    };
    addEventListener('hashchange', changed);
    return () => removeEventListener('hashchange', changed);
  }, []);

  const retry = useCallback(() => setAttempt((count) => count + 1), []);
  const link = token === null ? null : `${location.origin}/i#${token}`;

  if (arrival.state === 'loading') {
    return (
      <PageFrame host={null}>
        <WelcomeSkeleton />
      </PageFrame>
    );
  }
  if (arrival.state === 'trouble') {
    return (
      <PageFrame host={null}>
        <TroubleScreen trouble={arrival.trouble} token={token} onRetry={retry} />
      </PageFrame>
    );
  }
  if (arrival.state === 'unfit') {
    return (
      <PageFrame host={null}>
        <BrowserScreen app={inAppBrowser(navigator.userAgent)} host={null} link={link} />
      </PageFrame>
    );
  }
  const { interview, step } = arrival;
  const underWay = interview.state === 'invited' || interview.state === 'started';
  if (!canRecord() && underWay) {
    const host = hostOf(interview);
    return (
      <PageFrame host={host}>
        <BrowserScreen app={inAppBrowser(navigator.userAgent)} host={host} link={link} />
      </PageFrame>
    );
  }
  return <Interview key={interview.interviewId} initial={interview} initialStep={step} />;
}
