import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app';
import { KeyProvider } from './keyboard/keys';
import { SettingsProvider } from './settings/settings';
import { NoticeProvider } from './shell/notices';
import './styles/base.css';
import './styles/shell.css';
import './styles/review.css';
import './styles/map.css';
import './styles/views.css';

const queries = new QueryClient({ defaultOptions: { queries: { refetchOnWindowFocus: true } } });

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <SettingsProvider>
        <NoticeProvider>
          <KeyProvider>
            <App />
          </KeyProvider>
        </NoticeProvider>
      </SettingsProvider>
    </QueryClientProvider>
  </StrictMode>,
);
