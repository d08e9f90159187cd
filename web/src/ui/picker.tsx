import { useId } from 'react';

import type { Choice } from './choices';

interface Props<Value extends string> {
  label: string;
  choices: readonly Choice<Value>[];
  value: Value;
  onChange: (value: Value) => void;
  inline?: boolean; // the label beside it
}

// One of many as the system's own list, which a phone shows in its way.
export function Picker<Value extends string>({ label, choices, value, onChange, inline = false }: Props<Value>) {
  const id = useId();
  return (
    <div className={inline ? 'labelled-switch' : 'field'}>
      <label htmlFor={id} className={inline ? 'switch-label' : ''}>
        {label}
      </label>
      <select id={id} className="input picker" value={value} onChange={(event) => onChange(event.target.value as Value)}>
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    </div>
  );
}
