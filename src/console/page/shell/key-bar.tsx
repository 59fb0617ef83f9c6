import { keysOf, useKeyScopes, type KeyBinding } from '../keyboard/keys';
import { useSettings } from '../settings/settings';
import { shownKey } from './shown-key';

/** The keys that do something now, always in sight. */
export function KeyBar({ onHelp }: { onHelp: () => void }) {
  const { words, hasKeys } = useSettings();
  const { scopes, begun } = useKeyScopes();
  const seen = new Set<string>();
  const shown: KeyBinding[] = [];
  for (const { bindings, isActive } of scopes) {
    if (!isActive) continue;
    for (const binding of bindings) {
      const key = keysOf(binding)[0]!;
      const isSequence = key.includes(' ') && key !== ' ';
      if (
        seen.has(key) ||
        (begun === null ? binding.isHelpOnly === true || isSequence : !key.startsWith(`${begun} `))
      )
        continue;
      seen.add(key);
      shown.push(binding);
    }
  }
  return (
    <footer className="key-bar" aria-label={words.keysTitle}>
      {begun !== null && <strong>{words.thenKey(begun)}</strong>}
      {hasKeys ? (
        <ul>
          {shown.map((binding) => {
            const key = keysOf(binding)[0]!;
            return (
              <li key={key} data-off={binding.isOff === true}>
                <kbd>{shownKey(begun === null ? key : key.slice(begun.length + 1))}</kbd> {binding.label}
              </li>
            );
          })}
          {begun === null && (
            <li>
              <kbd>g</kbd> {words.keys.go} …
            </li>
          )}
        </ul>
      ) : (
        <span className="soft">{words.keysOff}</span>
      )}
      <button type="button" className="plain" onClick={onHelp}>
        <kbd>?</kbd> {words.keysHelp}
      </button>
    </footer>
  );
}
