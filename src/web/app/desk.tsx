import '#web/ui/lists.css';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { App, ConfigProvider } from 'antd';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn.js';
import { StrictMode, useEffect, useMemo } from 'react';
import { createRoot } from 'react-dom/client';
import { useText } from '#web/i18n/area.ts';
import { desk } from '#web/i18n/desk.ts';
import { languageChoice } from '#web/i18n/language.ts';
import { antdTheme } from '#web/ui/theme.ts';
import { antdWords } from './antd-words.ts';
import { makeDeskRouter } from './desk-routes.tsx';
import { displayMode, theme } from './preferences.ts';
import { isPassing } from './problem.ts';
import '#web/ui/theme.css';
import '#web/features/desk/desk.css';

const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      retry: (count, error) => count < 2 && isPassing(error),
      refetchOnWindowFocus: true,
    },
    mutations: { retry: false },
  },
});
const router = makeDeskRouter(client);

/** The desk with its looks and words around it. */
function Desk() {
  const lang = languageChoice.use();
  const t = useText(desk);
  const look = { theme: theme.use(), mode: displayMode.use() };
  const themeOfAntd = useMemo(
    () => ({ ...antdTheme(look), cssVar: { key: 'desk' }, hashed: false }),
    // The two choices are all that `look` holds.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [look.theme, look.mode],
  );
  dayjs.locale(lang === 'zh' ? 'zh-cn' : 'en');
  useEffect(() => {
    document.title = t.title;
  }, [t.title]);
  return (
    <ConfigProvider theme={themeOfAntd} locale={antdWords[lang]} button={{ autoInsertSpace: false }}>
      <App>
        <RouterProvider router={router} />
      </App>
    </ConfigProvider>
  );
}

const place = document.getElementById('root');
if (place !== null) {
  document.documentElement.setAttribute('data-face', 'desk');
  createRoot(place).render(
    <StrictMode>
      <QueryClientProvider client={client}>
        <Desk />
      </QueryClientProvider>
    </StrictMode>,
  );
}
