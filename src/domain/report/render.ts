import { html, type Html } from './html';
import type { ReportInput } from './input';
import type { Language } from '../language';
import { messagesIn } from './messages';
import { renderPage } from './page';
import { diffSection, newIntentsSection } from './sections/bot';
import { changesSection } from './sections/changes';
import { confusionSection } from './sections/confusion';
import { dataSection, timingSection } from './sections/data';
import { methodSection, nextSection } from './sections/ending';
import { intentsSection } from './sections/intents';
import { numbersSection } from './sections/numbers';
import { verdictSection } from './sections/verdict';
import { viewOf } from './view';

/**
 * Renders `report.html`: one file that loads nothing and runs nothing, in Spanish and English. The language is switched
 * by two radio buttons and CSS. All texts from outside are escaped.
 */
export function renderReport(input: ReportInput): string {
  const { pipeline, cycle } = input.evaluation.subject;
  return renderPage({
    language: input.language,
    title: messagesIn(input.language).report.title(pipeline, String(cycle)),
    content: (language) => content(input, language),
  });
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
