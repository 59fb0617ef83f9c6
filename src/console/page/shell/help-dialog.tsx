import { Dialog } from '../dialogs/dialog';
import { keysOf, useKeyScopes } from '../keyboard/keys';
import { useSettings } from '../settings/settings';
import { shownKey } from './shown-key';

/** All keys of the view that is open, and the switch that turns them off. */
export function HelpDialog({ onClose }: { onClose: () => void }) {
  const { words, hasKeys, setHasKeys } = useSettings();
  const { scopes } = useKeyScopes();
  return (
    <Dialog title={words.keysTitle} onClose={onClose} isWide>
      <div className="key-help">
        {scopes
          .filter(({ bindings }) => bindings.length > 0)
          .map(({ title, bindings }) => (
            <section key={title}>
              <h3>{title}</h3>
              <dl>
                {bindings.map((binding) => (
                  <div key={keysOf(binding).join()}>
                    <dt>
                      {keysOf(binding).map((key) => (
                        <kbd key={key}>
                          {key === ' ' ? shownKey(key) : key.split(' ').map(shownKey).join(' ')}
                        </kbd>
                      ))}
                    </dt>
                    <dd>{binding.label}</dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
      </div>
      <p className="soft">{words.keysNote}</p>
      <label className="option">
        <input type="checkbox" checked={hasKeys} onChange={(event) => setHasKeys(event.target.checked)} />{' '}
        {words.useKeys}
      </label>
    </Dialog>
  );
}
