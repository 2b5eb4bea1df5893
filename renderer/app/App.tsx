/** Everything around the pages: first paint waits for one snapshot, then language, theme and formats follow it. */
import { Activity, useEffect, useMemo, useState } from 'react';
import { RouterProvider as AriaRouterProvider, I18nProvider } from 'react-aria-components';
import { useHref, useNavigate } from 'react-router';
import { type UtcMs, utcMs } from '../../shared/domain.ts';
import { Failed } from '../components/Failed.tsx';
import { Loading } from '../components/Loading.tsx';
import { Toasts } from '../components/Toasts.tsx';
import { LockScreen } from '../features/lock/LockScreen.tsx';
import { PinDialog } from '../features/lock/PinDialog.tsx';
import { useLock } from '../features/lock/useLock.ts';
import { LanguageProvider, languageOf, localeOf, switchLanguage, useSwitchedLanguage } from '../i18n/index.ts';
import { noSession } from '../lib/client.ts';
import { createFormats } from '../lib/format.ts';
import { FormatsProvider } from '../lib/formats-context.ts';
import { useRelayQuery } from '../lib/queries.ts';
import { ProgramProvider } from '../lib/sentences.ts';
import { applyTheme, onSystemTheme } from '../lib/theme.ts';
import { Shell } from './Shell.tsx';
import { SessionOver } from './Trouble.tsx';

/** How often "now" is renewed, in milliseconds. */
const nowEveryMs = 30_000;
/** The situation also changes by time alone: a day begins, a source goes quiet. Time between two askings, in milliseconds. */
const askAgainMs = 60_000;

export function App() {
  const navigate = useNavigate();
  const language = useSwitchedLanguage();
  const locale = localeOf(language, navigator.languages);
  const { lock, unlocked } = useLock();
  const isLocked = lock?.locked === true;
  const situation = useRelayQuery('situation.get', {}, { refetchInterval: askAgainMs, enabled: !isLocked });
  const preferences = useRelayQuery('preferences.get', {});
  usePreferences(preferences.data);
  const program = useRelayQuery('surface.info', {}).data?.program;
  const now = useNow();
  const { timeZone = lock?.timeZone ?? 'UTC', currency = 'PHP' } = situation.data ?? {};
  const formats = useMemo(() => createFormats({ locale, timeZone, currency, now }), [locale, timeZone, currency, now]);

  return (
    <LanguageProvider value={language}>
      <I18nProvider locale={locale}>
        <AriaRouterProvider navigate={(to) => void navigate(to)} useHref={useHref}>
          <FormatsProvider value={formats}>
            <ProgramProvider value={program}>
              {situation.error?.error.detail?.includes(noSession) ? (
                <SessionOver />
              ) : (
                <>
                  {isLocked && <LockScreen lock={lock} unlocked={unlocked} />}
                  <Activity mode={isLocked ? 'hidden' : 'visible'}>
                    {situation.data ? (
                      <Shell situation={situation.data} />
                    ) : situation.error ? (
                      <Failed error={situation.error} again={() => void situation.refetch()} />
                    ) : (
                      <Loading />
                    )}
                  </Activity>
                </>
              )}
              <PinDialog />
              {!isLocked && <Toasts />}
            </ProgramProvider>
          </FormatsProvider>
        </AriaRouterProvider>
      </I18nProvider>
    </LanguageProvider>
  );
}

function usePreferences(
  preferences: { theme: 'system' | 'light' | 'dark'; language: 'system' | 'en' | 'fil' } | undefined,
) {
  const { theme, language } = preferences ?? {};
  useEffect(() => {
    if (theme === undefined) return;
    applyTheme(theme);
    return onSystemTheme(() => applyTheme(theme));
  }, [theme]);
  useEffect(() => {
    if (language !== undefined) switchLanguage(languageOf(language, navigator.languages));
  }, [language]);
}

function useNow(): UtcMs {
  const [now, setNow] = useState(() => utcMs(Date.now()));
  useEffect(() => {
    const timer = setInterval(() => setNow(utcMs(Date.now())), nowEveryMs);
    return () => clearInterval(timer);
  }, []);
  return now;
}
