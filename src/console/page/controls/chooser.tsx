import type { KeyboardEvent } from 'react';
import { ComboBox, Input, Label, ListBox, ListBoxItem, Popover, useFilter } from 'react-aria-components';
import { asVisible } from '../text/visible';

/** One thing to choose. */
export interface Choice {
  id: string;
  name: string;
  /** Where it belongs, e.g. `existing intent`. */
  hint: string;
}

interface Properties {
  label: string;
  choices: readonly Choice[];
  chosen: string | null;
  onChoose: (id: string | null) => void;
  emptyText: string;
  isFocused?: boolean;
  /** Leaves the dialog that it stands in. */
  onLeave: () => void;
}

/** So that the dialog around it stays in sight. */
const listPixels = 230;

/** A field that narrows many choices down while one types. */
export function Chooser({
  label,
  choices,
  chosen,
  onChoose,
  emptyText,
  isFocused = false,
  onLeave,
}: Properties) {
  const { contains } = useFilter({ sensitivity: 'base' });
  const startName = asVisible(choices.find(({ id }) => id === chosen)?.name ?? '');
  const onKeyDown = (event: KeyboardEvent) => {
    const input = event.target;
    if (!(input instanceof HTMLInputElement) || event.nativeEvent.isComposing) return;
    const isPointing = input.hasAttribute('aria-activedescendant');
    const isUntouched = input.value === '' || input.value === startName;
    if (event.key === 'Enter' && !isPointing && !isUntouched) {
      // The field would be emptied: what was typed means the first that matches.
      const match = choices.find(({ name }) => contains(asVisible(name), input.value));
      if (!match || match.id === chosen) return;
      event.preventDefault();
      event.stopPropagation();
      onChoose(match.id);
    } else if (event.key === 'Escape' && isUntouched) {
      // It would only close the list, and the button that says Esc would need it twice.
      event.stopPropagation();
      onLeave();
    }
  };
  return (
    <ComboBox
      className="field"
      menuTrigger="focus"
      defaultItems={choices}
      defaultInputValue={startName}
      selectedKey={chosen}
      onSelectionChange={(key) => onChoose(key === null ? null : String(key))}
      autoFocus={isFocused}
      allowsEmptyCollection
    >
      <Label>{label}</Label>
      <Input
        className="chooser-input"
        onKeyDownCapture={onKeyDown}
        onFocus={(event) => event.target.select()}
      />
      <Popover className="popover" maxHeight={listPixels}>
        <ListBox<Choice> className="choices" renderEmptyState={() => <p className="soft">{emptyText}</p>}>
          {({ id, name, hint }) => (
            <ListBoxItem id={id} textValue={asVisible(name)} className="choice">
              <bdi className="wrap">{asVisible(name)}</bdi>
              <span className="soft">{hint}</span>
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}
