/** The report's style sheet. Colours hold a contrast of 4.5 : 1 in light and dark; none carries a meaning alone. */
export const styles = `
:root {
  color-scheme: light dark;
  --page: #f6f5f2; --surface: #fff; --ink: #1d1f24; --soft: #5a606b; --line: #dcdad4;
  --old: #6b7280; --new: #1d5fbf; --good: #1a7442; --bad: #b3261e; --doubt: #8a5a00;
  --good-surface: #eaf5ee; --bad-surface: #fbeceb; --doubt-surface: #fbf3df; --on-dark: #fff;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #16181c; --surface: #1f2228; --ink: #e9e9e6; --soft: #a4abb6; --line: #363b44;
    --old: #9aa3af; --new: #7db0ff; --good: #6fcf97; --bad: #ff8a80; --doubt: #f0c05a;
    --good-surface: #17291f; --bad-surface: #331c1b; --doubt-surface: #2e2715; --on-dark: #10131a;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 1rem clamp(1rem, 4vw, 2.5rem) 3rem; max-width: 68rem;
  background: var(--page); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; text-align: right;
}
main { text-align: left; }
h1, h2, h3, p, ul, dl { margin: 0; }
h1 { font-size: 1.75rem; line-height: 1.2; }
h2 { font-size: 1.3rem; line-height: 1.25; margin-bottom: .6rem; }
h3 { font-size: 1rem; margin: 1.1rem 0 .4rem; }
header { margin: .25rem 0 1.25rem; }
header p, .note, footer { color: var(--soft); }
.note { font-size: .9rem; margin-bottom: .8rem; max-width: 46rem; }
section { background: var(--surface); border: 1px solid var(--line); border-radius: 10px; padding: 1.25rem 1.4rem; margin-bottom: 1rem; }
footer { font-size: .88rem; padding: .5rem 1.4rem; max-width: 52rem; }
footer h2 { font-size: 1rem; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

input[name=language] { position: absolute; opacity: 0; }
input[name=language] + label { display: inline-block; padding: .2rem .7rem; border: 1px solid var(--line); border-radius: 6px; font-size: .88rem; color: var(--soft); cursor: pointer; margin-left: .3rem; }
input[name=language]:checked + label { color: var(--ink); background: var(--surface); border-color: var(--soft); font-weight: 600; }
input[name=language]:focus-visible + label, summary:focus-visible, .scroll:focus-visible { outline: 3px solid var(--new); outline-offset: 2px; }
#language-es:checked ~ main[lang=en], #language-en:checked ~ main[lang=es] { display: none; }

.verdict { display: grid; grid-template-columns: auto 1fr; gap: 0 1.1rem; border-left-width: 6px; }
.verdict h2 { font-size: 1.5rem; margin: .1rem 0 .4rem; }
.verdict .sign { width: 2.4rem; height: 2.4rem; border-radius: 50%; display: grid; place-items: center; font-size: 1.3rem; font-weight: 700; color: var(--on-dark); }
.verdict .lead { font-size: 1.06rem; max-width: 46rem; }
.verdict .live { color: var(--soft); margin-top: .3rem; }
.promote { border-left-color: var(--good); background: var(--good-surface); }
.promote .sign { background: var(--good); }
.keep { border-left-color: var(--bad); background: var(--bad-surface); }
.keep .sign { background: var(--bad); }
.not-enough-evidence { border-left-color: var(--doubt); background: var(--doubt-surface); }
.not-enough-evidence .sign { background: var(--doubt); }
.reasons { list-style: none; padding: 0; max-width: 50rem; }
.reasons li { padding-left: 1.5rem; position: relative; margin-bottom: .3rem; }
.reasons li::before { position: absolute; left: 0; font-weight: 700; }
.passed li::before { content: '✓'; color: var(--good); }
.failed li::before { content: '✕'; color: var(--bad); }
.undecided li::before { content: '?'; left: .2rem; color: var(--doubt); }

.tiles { display: grid; grid-template-columns: repeat(auto-fill, minmax(13.5rem, 1fr)); gap: .7rem; margin-bottom: .9rem; }
.tile { border: 1px solid var(--line); border-radius: 8px; padding: .7rem .9rem; }
.tile .name { font-weight: 600; font-size: .92rem; }
.tile .value { font-size: 1.05rem; color: var(--soft); white-space: nowrap; }
.tile strong { font-size: 1.4rem; color: var(--ink); }
.tile .explanation { font-size: .82rem; color: var(--soft); }
.tile .change { font-size: .86rem; margin-top: .25rem; }
.range { color: var(--soft); font-size: .84em; font-weight: 400; white-space: nowrap; }
.up { color: var(--good); font-weight: 600; }
.down { color: var(--bad); font-weight: 600; }
.even { color: var(--soft); }

table { border-collapse: collapse; width: 100%; font-size: .92rem; }
th, td { text-align: left; padding: .4rem .6rem; border-top: 1px solid var(--line); vertical-align: top; }
thead th { border-top: 0; font-weight: 600; font-size: .82rem; color: var(--soft); vertical-align: bottom; }
tbody th { font-weight: 500; }
.scroll { overflow-x: auto; }
.figures td, .figures thead th:not(:first-child) { text-align: right; font-variant-numeric: tabular-nums; }
.figures td { white-space: nowrap; }
.figures td.text, .figures thead th.text:not(:first-child) { text-align: left; }
.figures .range { display: block; }
.figures .total > * { font-weight: 700; border-top: 2px solid var(--line); }
.figures tr:not(.total) > th { padding-left: .6rem; }
details { margin-top: .5rem; }
summary { cursor: pointer; padding: .25rem 0; font-weight: 600; font-size: .94rem; }
details[open] > summary { margin-bottom: .3rem; }

.changes { table-layout: fixed; }
.changes th:first-child { width: 34%; }
.changes td, .changes .phrase { overflow-wrap: anywhere; }
.right { color: var(--good); }
.wrong { color: var(--bad); }
h3.better::before { content: '▲ '; color: var(--good); }
h3.worse::before { content: '▼ '; color: var(--bad); }

.dumbbells th, .dumbbells td { vertical-align: middle; padding: .15rem .6rem; }
.dumbbells th:first-child { width: 13.5rem; overflow-wrap: anywhere; }
.dumbbells .figure { width: 10.5rem; text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.dumbbells .figure .change { display: inline-block; min-width: 3.2rem; }
.dumbbells svg, .bars svg { display: block; overflow: visible; }
.ticks { display: flex; justify-content: space-between; font-weight: 400; margin: 0 -.4rem; }
.ticks span { width: 2rem; text-align: center; }
.tag { font-size: .74rem; border: 1px solid var(--new); color: var(--new); border-radius: 4px; padding: 0 .3rem; }
.grid { stroke: var(--line); stroke-width: 1; }
.interval { stroke-width: 2; stroke-linecap: round; opacity: .65; }
.interval.old { stroke: var(--old); }
.interval.new { stroke: var(--new); }
.link { stroke-width: 3; stroke: var(--line); }
.link.up { stroke: var(--good); }
.link.down { stroke: var(--bad); }
circle.old { fill: var(--surface); stroke: var(--old); stroke-width: 2; }
circle.new { fill: var(--new); stroke: var(--surface); stroke-width: 1; }

.heat-map { display: block; height: auto; }
.heat-map text { font: 11px system-ui, sans-serif; fill: var(--ink); }
.heat-map .row { fill: var(--line); fill-opacity: .3; }
.heat-map .right rect { fill: var(--new); }
.heat-map .wrong rect { fill: var(--bad); }

.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); gap: .7rem; }
.card { border: 1px solid var(--line); border-radius: 8px; padding: .8rem 1rem; }
.card h3 { margin: 0; overflow-wrap: anywhere; }
.card .note { margin-bottom: .4rem; }
.card ul, .phrases { padding-left: 1.1rem; font-size: .92rem; }
.phrases { columns: 17rem; }
.bars th { width: 17rem; }
.bars .figure { width: 1%; white-space: nowrap; text-align: right; font-variant-numeric: tabular-nums; }
.bars th, .bars td { vertical-align: middle; border-top: 0; padding: .25rem .6rem .25rem 0; }
.bars rect { fill: var(--new); opacity: .75; }
.bars + p { margin-top: .6rem; }
.counts { display: flex; flex-wrap: wrap; gap: .5rem 1.8rem; }
.counts dt { font-size: .86rem; color: var(--soft); }
.counts dd { margin: 0; font-weight: 600; font-variant-numeric: tabular-nums; }
.steps { padding-left: 1.1rem; }
.steps li { margin-bottom: .35rem; }
code { font: .9em ui-monospace, monospace; background: var(--page); border: 1px solid var(--line); border-radius: 4px; padding: .1rem .35rem; overflow-wrap: anywhere; }

.proposal { margin-bottom: .8rem; }
.card .reasons { padding-left: 0; margin-bottom: .5rem; }
.reasons .fact::before { content: '·'; left: .4rem; color: var(--soft); }
.reasons .warning::before { content: '!'; left: .4rem; color: var(--doubt); }
.sparkline { display: block; margin-bottom: .5rem; }
.sparkline rect { fill: var(--new); opacity: .75; }
.map { display: block; height: auto; }
#map .intent circle { fill: var(--old); opacity: .25; }
#map .noise circle { fill: var(--old); opacity: .55; }
#map .proposal-points circle { fill: hsl(var(--hue) 65% 45%); opacity: .85; }
#map text { font: 600 13px system-ui, sans-serif; fill: var(--ink); stroke: var(--surface); stroke-width: 3px; paint-order: stroke; }
.map-legend .intent { color: var(--old); opacity: .5; }
.map-legend .noise { color: var(--old); }

@media (max-width: 40rem) {
  section { padding: 1rem; }
  .verdict { grid-template-columns: 1fr; }
  .verdict .sign { width: 2rem; height: 2rem; font-size: 1.1rem; }
  .tiles { grid-template-columns: repeat(2, minmax(0, 1fr)); gap: .5rem; }
  .tile { padding: .55rem .6rem; }
  .tile .value { font-size: .86rem; }
  .tile .value { white-space: normal; }
  .tile strong { font-size: 1.1rem; white-space: nowrap; }
  .changes thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
  .changes, .changes tbody, .changes tr, .changes th, .changes td { display: block; width: auto; }
  .changes th:first-child { width: auto; }
  .changes tr { border-top: 1px solid var(--line); padding: .5rem 0; }
  .changes th, .changes td { border: 0; padding: .1rem 0; }
  .changes td::before { content: attr(data-label) ': '; color: var(--soft); font-size: .84rem; }
  .dumbbells thead .axis .ticks span:nth-child(even) { visibility: hidden; }
  .dumbbells th, .dumbbells td { padding: .2rem .25rem; font-size: .8rem; }
  .dumbbells th:first-child { width: 34%; }
  .dumbbells .figure { width: 4.2rem; white-space: normal; }
  .dumbbells .figure .before { display: none; }
  .ticks { margin: 0 -.75rem; }
  .figures th, .figures td { padding: .3rem .35rem; font-size: .82rem; }
  .bars th { width: 45%; font-size: .86rem; }
  .bars .figure { white-space: normal; }
}
@media print {
  body { background: none; max-width: none; }
  input[name=language] + label { display: none; }
  section { break-inside: avoid-page; }
}
`;
