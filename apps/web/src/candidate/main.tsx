import '../theme/tokens.css';
import './base.css';
import './adjustments/looks.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { LocaleProvider, loadIntl } from '../intl/locale-provider';
import { App } from './app';
import { keepAppShell } from './app-shell';
import { takeToken } from './arrival';
import { loadMessages } from './messages';
import { ErrorBoundary } from './trouble/error-boundary';

// Before anything else: the secret leaves the address bar.
const token = takeToken();
const container = document.getElementById('app');
if (!container) throw new Error('candidate.html has no #app');

void loadIntl(loadMessages).then((intl) => {
  createRoot(container).render(
    <StrictMode>
      <LocaleProvider initial={intl} load={loadMessages}>
        <ErrorBoundary>
          <App initialToken={token} />
        </ErrorBoundary>
      </LocaleProvider>
    </StrictMode>,
  );
});

keepAppShell(import.meta.url);
