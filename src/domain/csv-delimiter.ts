/** The one of comma, semicolon and tab that a CSV's first line has most often, outside quotes. */
export function delimiterOf(text: string): string {
  const header = text
    .trimStart()
    .split(/\r?\n/u, 1)[0]!
    .replace(/"[^"]*"/gu, '');
  const count = (delimiter: string) => header.split(delimiter).length;
  return [',', ';', '\t'].reduce((best, delimiter) => (count(delimiter) > count(best) ? delimiter : best));
}
