const signs: Record<string, string> = {
  ' ': '␣',
  ArrowDown: '↓',
  ArrowUp: '↑',
  ArrowLeft: '←',
  ArrowRight: '→',
  Enter: '↵',
  Escape: 'Esc',
};

/** A key as people know it: `U` is `⇧u`. */
export function shownKey(key: string): string {
  if (key.startsWith('Shift+')) return `⇧${shownKey(key.slice('Shift+'.length))}`;
  const sign = signs[key];
  if (sign !== undefined) return sign;
  return /^\p{Lu}$/u.test(key) ? `⇧${key.toLowerCase()}` : key;
}
