import { useId } from 'react';
import type { NameProblem } from '../review/names';
import { useSettings } from '../settings/settings';

interface Properties {
  label: string;
  value: string;
  problem: NameProblem | null;
  onChange: (name: string) => void;
  isFocused?: boolean;
  onEscape?: () => void;
}

/** A field for an intent's name that says at once what is wrong with it. */
export function NameField({ label, value, problem, onChange, isFocused = false, onEscape }: Properties) {
  const { words } = useSettings();
  const id = useId();
  const isWrong = problem !== null && problem.kind !== 'empty';
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="text"
        value={value}
        maxLength={100}
        autoComplete="off"
        spellCheck={false}
        autoFocus={isFocused}
        aria-invalid={isWrong}
        aria-describedby={`${id}-rule`}
        onChange={(event) => onChange(event.target.value)}
        onFocus={(event) => event.target.select()}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && onEscape) {
            event.stopPropagation();
            onEscape();
          }
        }}
      />
      <p id={`${id}-rule`} className={isWrong ? 'problem' : 'soft'} aria-live="polite">
        {isWrong ? words.nameProblem(problem) : words.nameRule}
      </p>
    </div>
  );
}
