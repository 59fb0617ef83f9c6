const combiningMarks = /\p{M}+/gu;
const outsideWords = /[^\p{L}\p{N}_]+/gu;

/** Lower case, without accents and with single spaces: `¿Abrís  HOY?` becomes `¿abris hoy?`. */
export function foldCase(text: string): string {
  return text.normalize('NFKD').replace(combiningMarks, '').toLowerCase().replace(/\s+/g, ' ').trim();
}

/** What two phrases have in common when only case, accents, punctuation or spaces tell them apart. */
export function canonical(text: string): string {
  return foldCase(text).replace(outsideWords, ' ').trim();
}
