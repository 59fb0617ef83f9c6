/** A phrase and what in it is personal; kinds as in the placeholders. No label: nothing in it is. */
export interface LabelledPhrase {
  text: string;
  personal: { kind: string; value: string }[];
}

/** Reads one phrase a line, in which `[KIND:value]` marks what is personal. */
export function parseLabelled(block: string): LabelledPhrase[] {
  return block
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const personal: LabelledPhrase['personal'] = [];
      const text = line.replace(/\[([A-Z]+):([^\]]*)\]/g, (_, kind: string, value: string) => {
        personal.push({ kind, value });
        return value;
      });
      return { text, personal };
    });
}
