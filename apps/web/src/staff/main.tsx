import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { loadIntl } from '../intl/locale-provider';
import './theme/styles';
import { StaffApp } from './staff-app';
import { applyStoredTheme } from './theme/theme-preference';
import { loadStaffMessages } from './words/staff-messages';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

// Before the first paint, so that a forced theme never flashes in the other one.
applyStoredTheme();
void loadIntl(loadStaffMessages).then((intl) =>
  createRoot(root).render(
    <StrictMode>
      <StaffApp intl={intl} />
    </StrictMode>,
  ),
);
