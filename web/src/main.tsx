import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import './i18n';
import './ui/styles';
import { App } from './app/app';
import { takeFragment } from './session/fragment';

takeFragment();

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
