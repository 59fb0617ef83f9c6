import { useState } from 'react';
import type { Pipelines, Session } from '../../api';
import { postJson } from '../requests/client';
import { goTo, routeHash, views, type Route, type View } from '../routing/route';
import { useSettings, type Theme } from '../settings/settings';
import { asVisible } from '../text/visible';

interface Properties {
  route: Route;
  pipeline: string | null;
  pipelines: Pipelines['pipelines'];
  session: Session;
}

const themes: readonly Theme[] = ['system', 'light', 'dark'];

/** Where one is, where one can go, and how the page looks. */
export function TopBar({ route, pipeline, pipelines, session }: Properties) {
  const { words, language, setLanguage, theme, setTheme } = useSettings();
  const waiting = pipelines.find(({ name }) => name === pipeline)?.waitingReview ?? null;
  const [hasLeft, setHasLeft] = useState(false);
  const leave = async () => {
    await postJson('session/end', {}, session.csrfToken);
    setHasLeft(true);
    window.location.reload();
  };
  return (
    <header className="top-bar">
      <a className="brand" href={routeHash({ ...route, pipeline, view: 'review', cycle: null })}>
        <img src="./icon.svg" alt="" width="20" height="20" />
        Ciclo
      </a>
      {pipelines.length > 0 && (
        <select
          aria-label={words.pipeline}
          value={pipeline ?? ''}
          onChange={(event) => goTo({ ...route, pipeline: event.target.value, cycle: null })}
        >
          {pipelines.map(({ name }) => (
            <option key={name} value={name}>
              {asVisible(name, 60)}
            </option>
          ))}
        </select>
      )}
      <nav aria-label={words.viewsLabel}>
        <ul>
          {views.map((view: View) => (
            <li key={view}>
              <a
                href={routeHash({ pipeline, view, cycle: route.cycle })}
                aria-current={route.view === view ? 'page' : undefined}
              >
                {words.views[view]}
                {view === 'review' && waiting && waiting.open > 0 && (
                  <span className="count number">{waiting.open}</span>
                )}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <div className="settings">
        <select
          aria-label={words.language}
          value={language}
          onChange={(event) => setLanguage(event.target.value === 'es' ? 'es' : 'en')}
        >
          <option value="es">Español</option>
          <option value="en">English</option>
        </select>
        <select
          aria-label={words.theme}
          value={theme}
          onChange={(event) => setTheme(themes.find((one) => one === event.target.value) ?? 'system')}
        >
          {themes.map((one) => (
            <option key={one} value={one}>
              {words.themes[one]}
            </option>
          ))}
        </select>
        <details className="who">
          <summary>{asVisible(session.author, 30)}</summary>
          <div className="who-box">
            <p>{words.signedIn(asVisible(session.author, 100), words.roles[session.role])}</p>
            <button type="button" disabled={hasLeft} onClick={() => void leave()}>
              {words.signOut}
            </button>
          </div>
        </details>
      </div>
    </header>
  );
}
