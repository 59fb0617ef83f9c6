import { html, Html } from './html';
import { languages, type Language } from '../language';
import { messagesIn } from './messages';
import { styles } from './styles';

/** What a page is made of. */
export interface Page {
  /** The language that is shown first; the other is one click away. */
  language: Language;
  title: string;
  /** What both languages refer to, e.g. a drawing; not shown by itself. */
  shared?: Html;
  /** A `main` with its `lang`. */
  content: (language: Language) => Html;
}

/** One HTML file that loads nothing and runs nothing; the language is switched by two radio buttons and CSS. */
export function renderPage({ language: first, title, shared, content }: Page): string {
  const document = html`<!doctype html>
    <html lang="${first}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} · Ciclo</title>
        <style>
          ${new Html(styles)}
        </style>
      </head>
      <body>
        ${languages.map(
          (language) =>
            html`<input
                type="radio"
                name="language"
                id="language-${language}"
                ${language === first && 'checked'}
              /><label for="language-${language}" lang="${language}"
                >${messagesIn(language).report.languageName}</label
              >`,
        )}
        ${shared} ${languages.map(content)}
      </body>
    </html>`;
  return tidy(document.markup);
}

/** Drops indentation and empty lines, which the templates bring along. */
function tidy(markup: string): string {
  const lines = markup.split('\n').map((line) => line.trim());
  return `${lines.filter((line) => line !== '').join('\n')}\n`;
}
