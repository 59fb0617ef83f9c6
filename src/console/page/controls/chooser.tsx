import { ComboBox, Input, Label, ListBox, ListBoxItem, Popover } from 'react-aria-components';
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
}

/** A field that narrows many choices down while one types. */
export function Chooser({ label, choices, chosen, onChoose, emptyText, isFocused = false }: Properties) {
  return (
    <ComboBox
      className="field"
      menuTrigger="focus"
      defaultItems={choices}
      selectedKey={chosen}
      onSelectionChange={(key) => onChoose(key === null ? null : String(key))}
      autoFocus={isFocused}
      allowsEmptyCollection
    >
      <Label>{label}</Label>
      <Input className="chooser-input" />
      <Popover className="popover">
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
