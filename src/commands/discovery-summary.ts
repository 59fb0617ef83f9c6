import pc from 'picocolors';
import type { Discovery, Proposal } from '../domain/discovery';
import { explainProposal, trayName, wordsOfDiscovery, type Explanation } from '../domain/report';
import { wrap } from '../domain/text/wrap';

const widest = 100;
const narrowest = 40;
const shownTerms = 8;
const shownPhrases = 4;
const shownGroups = 5;
const longestPhrase = 200;

/** Columns that text may take on a terminal. */
export function textWidth(columns: number): number {
  return Math.max(narrowest, Math.min(columns, widest));
}

/** A discovery for a person at a terminal: the figures, each proposal with what it explains, the head of the tray. */
export function summarizeDiscovery(discovery: Discovery, columns: number): string {
  const width = textWidth(columns);
  const { counts, traffic, proposals, enrichments, sample } = discovery;
  const figures = [
    `${number(counts.utterances)} utterances in ${number(traffic.interactions)} interactions; the bot missed ${number(traffic.missed)} and was uncertain about ${number(traffic.uncertain)}.`,
    `${number(counts.inProposals)} in ${proposals.length} proposals, ${number(counts.assignedToIntents)} at intents that the bot has (new examples for ${enrichments.length} of them), ${number(counts.noise)} in the tray.`,
    ...(sample
      ? [
          `Topics were looked for among a sample of ${number(sample.phrases)} of ${number(sample.of)} phrases; the others joined what was found there.`,
        ]
      : []),
  ];
  return [
    ...figures.flatMap((line) => wrap(line, width)),
    ...proposals.flatMap((proposal) => ['', ...proposalLines(proposal, discovery, width)]),
    ...trayLines(discovery, width),
  ].join('\n');
}

function proposalLines(proposal: Proposal, discovery: Discovery, width: number): string[] {
  return [
    `${pc.bold(proposal.name)}  ${pc.dim(proposal.id)}`,
    ...explanationLines(explainProposal(proposal, discovery, 'en'), width),
    ...termLines(proposal.terms, width),
    ...phraseLines(proposal.representatives, width),
  ];
}

/** What a proposal explains about itself, indented; warnings with a mark. */
export function explanationLines(explanations: readonly Explanation[], width: number): string[] {
  return explanations.flatMap(({ kind, text }) =>
    kind === 'warning'
      ? hanging('  ! ', text, width).map((line) => pc.yellow(line))
      : hanging('    ', text, width),
  );
}

/** The words that set a proposal apart, indented. */
export function termLines(terms: readonly string[], width: number): string[] {
  return terms.length === 0 ? [] : hanging('    ', `terms: ${terms.slice(0, shownTerms).join(', ')}`, width);
}

/** Phrases, indented; of long ones the beginning. */
export function phraseLines(phrases: readonly string[], width: number): string[] {
  return phrases.slice(0, shownPhrases).flatMap((phrase) => {
    const shown = phrase.length > longestPhrase ? `${phrase.slice(0, longestPhrase)} …` : phrase;
    return hanging('    · ', shown, width);
  });
}

function trayLines({ tray, counts }: Discovery, width: number): string[] {
  if (tray.length === 0) return [];
  const groups = tray.filter(({ kind }) => kind === 'group');
  const others = tray.filter(({ kind }) => kind !== 'group');
  const more = groups.length - shownGroups;
  return [
    '',
    pc.bold(`The tray: ${number(counts.noise)} set aside, nothing deleted`),
    ...[...groups.slice(0, shownGroups), ...others].flatMap((group) =>
      hanging(
        '  ',
        `${number(group.size)} ${trayName(group, wordsOfDiscovery('en'))}${group.cohesion === null ? '' : ` (cohesion ${group.cohesion.toFixed(2)})`}`,
        width,
      ),
    ),
    ...(more > 0 ? [`  and ${more} more groups`] : []),
  ];
}

/** The first line behind a mark, the others as far in. */
function hanging(mark: string, text: string, width: number): string[] {
  return wrap(text.replace(/\s+/gu, ' '), width - mark.length).map(
    (line, index) => `${index === 0 ? mark : ' '.repeat(mark.length)}${line}`,
  );
}

function number(value: number): string {
  return value.toLocaleString('en-US');
}
