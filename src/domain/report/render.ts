import { html, Html } from './html';
import type { ReportInput } from './input';
import { languages, type Language } from './language';
import { messagesIn } from './messages';
import { diffSection, newIntentsSection } from './sections/bot';
import { changesSection } from './sections/changes';
import { confusionSection } from './sections/confusion';
import { dataSection, timingSection } from './sections/data';
import { methodSection, nextSection } from './sections/ending';
import { intentsSection } from './sections/intents';
import { numbersSection } from './sections/numbers';
import { verdictSection } from './sections/verdict';
import { styles } from './styles';
import { viewOf } from './view';

/**
 * Renders `report.html`: one file that loads nothing and runs nothing, in Spanish and English. The language is switched
 * by two radio buttons and CSS. All texts from outside are escaped.
 */
export function renderReport(input: ReportInput): string {
  const { pipeline, cycle } = input.evaluation.subject;
  const title = messagesIn(input.language).report.title(pipeline, String(cycle));
  const document = html`<!doctype html>
    <html lang="${input.language}">
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
                ${language === input.language && 'checked'}
              /><label for="language-${language}" lang="${language}"
                >${messagesIn(language).report.languageName}</label
              >`,
        )}
        ${languages.map((language) => content(input, language))}
      </body>
    </html>`;
  return tidy(document.markup);
}

function content(input: ReportInput, language: Language): Html {
  const view = viewOf(input, language);
  const { subject } = input.evaluation;
  const { words, numbers } = view;
  return html`<main lang="${language}">
    <header>
      <h1>${words.title(subject.pipeline, numbers.count(subject.cycle))}</h1>
      <p>${words.subtitle(subject.champion, subject.challenger, numbers.time(subject.evaluatedAt))}</p>
    </header>
    ${verdictSection(view)} ${numbersSection(view)} ${changesSection(view)} ${intentsSection(view)}
    ${confusionSection(view)} ${newIntentsSection(view)} ${diffSection(view)} ${dataSection(view)}
    ${timingSection(view)} ${nextSection(view)} ${methodSection(view)}
  </main>`;
}

/** Drops indentation and empty lines, which the templates bring along. */
function tidy(markup: string): string {
  const lines = markup.split('\n').map((line) => line.trim());
  return `${lines.filter((line) => line !== '').join('\n')}\n`;
}
