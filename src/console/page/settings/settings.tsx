import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import type { Language } from '../../../domain/language';
import { numbersIn, type Numbers } from '../../../domain/report/numbers';
import { messagesIn, type Messages } from '../messages';
import { readStored, writeStored } from './stored';
import { timesIn, type Times } from './times';

export type Theme = 'system' | 'light' | 'dark';

export interface Settings {
  language: Language;
  setLanguage: (language: Language) => void;
  theme: Theme;
  setTheme: (theme: Theme) => void;
  /** Whether keys without a modifier do something. */
  hasKeys: boolean;
  setHasKeys: (hasKeys: boolean) => void;
  words: Messages;
  numbers: Numbers;
  times: Times;
}

const Context = createContext<Settings | null>(null);

export function useSettings(): Settings {
  const settings = useContext(Context);
  if (!settings) throw new Error('useSettings is used outside of SettingsProvider.');
  return settings;
}

function browserLanguage(): Language {
  const stored = readStored('ciclo.language');
  if (stored === 'es' || stored === 'en') return stored;
  const known = navigator.languages.map((tag) => tag.slice(0, 2)).find((tag) => tag === 'es' || tag === 'en');
  return known === 'es' ? 'es' : 'en';
}

function storedTheme(): Theme {
  const stored = readStored('ciclo.theme');
  return stored === 'light' || stored === 'dark' ? stored : 'system';
}

const systemDark = window.matchMedia('(prefers-color-scheme: dark)');

export function SettingsProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState(browserLanguage);
  const [theme, setTheme] = useState(storedTheme);
  const [hasKeys, setHasKeys] = useState(() => readStored('ciclo.keys') !== 'off');

  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  useEffect(() => {
    const apply = () => {
      document.documentElement.dataset['theme'] =
        theme === 'system' ? (systemDark.matches ? 'dark' : 'light') : theme;
    };
    apply();
    systemDark.addEventListener('change', apply);
    return () => systemDark.removeEventListener('change', apply);
  }, [theme]);

  const settings = useMemo<Settings>(
    () => ({
      language,
      setLanguage: (chosen) => {
        writeStored('ciclo.language', chosen);
        setLanguage(chosen);
      },
      theme,
      setTheme: (chosen) => {
        writeStored('ciclo.theme', chosen === 'system' ? null : chosen);
        setTheme(chosen);
      },
      hasKeys,
      setHasKeys: (chosen) => {
        writeStored('ciclo.keys', chosen ? null : 'off');
        setHasKeys(chosen);
      },
      words: messagesIn(language),
      numbers: numbersIn(language),
      times: timesIn(language),
    }),
    [language, theme, hasKeys],
  );
  return <Context value={settings}>{children}</Context>;
}
