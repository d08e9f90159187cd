// One of several, or some of several, each with a line that says what it means.
import type { ReactNode } from 'react';
import { Checkbox, CheckboxGroup, Label, Radio, RadioGroup } from 'react-aria-components';

import { FieldNotes } from './field_notes';

export interface Choice<Value extends string> {
  value: Value;
  label: string;
  help?: string;
  disabled?: boolean;
}

interface OneProps<Value extends string> {
  label: string;
  choices: readonly Choice<Value>[];
  value: Value;
  onChange: (value: Value) => void;
  // Side by side, for short choices without help.
  inline?: boolean;
}

export function OneOf<Value extends string>({ label, choices, value, onChange, inline = false }: OneProps<Value>) {
  return (
    <RadioGroup className="choices" value={value} onChange={(next) => onChange(next as Value)}>
      <Label className="choices-label">{label}</Label>
      <div className={inline ? 'choices-inline' : 'choices-list'}>
        {choices.map((choice) => (
          <Radio key={choice.value} value={choice.value} isDisabled={choice.disabled ?? false} className="choice">
            <span className="choice-mark choice-round" aria-hidden="true" />
            <ChoiceText choice={choice} />
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}

interface SomeProps<Value extends string> {
  label: string;
  choices: readonly Choice<Value>[];
  value: readonly Value[];
  onChange: (value: Value[]) => void;
  error?: ReactNode;
  help?: ReactNode;
}

export function SomeOf<Value extends string>({ label, choices, value, onChange, error, help }: SomeProps<Value>) {
  return (
    <CheckboxGroup
      className="choices"
      value={[...value]}
      onChange={(next) => onChange(choices.map((choice) => choice.value).filter((each) => next.includes(each)))}
      isInvalid={Boolean(error)}
      validationBehavior="aria"
    >
      <Label className="choices-label">{label}</Label>
      <div className="choices-list">
        {choices.map((choice) => (
          <Checkbox key={choice.value} value={choice.value} isDisabled={choice.disabled ?? false} className="choice">
            <span className="choice-mark" aria-hidden="true" />
            <ChoiceText choice={choice} />
          </Checkbox>
        ))}
      </div>
      <FieldNotes error={error} help={help} />
    </CheckboxGroup>
  );
}

// One choice by itself: yes or no.
export function YesNo({ label, help, value, onChange }: { label: string; help: string; value: boolean; onChange: (value: boolean) => void }) {
  return (
    <Checkbox className="choice" isSelected={value} onChange={onChange}>
      <span className="choice-mark" aria-hidden="true" />
      <ChoiceText choice={{ value: 'yes', label, help }} />
    </Checkbox>
  );
}

function ChoiceText({ choice }: { choice: Choice<string> }) {
  return (
    <span className="choice-text">
      <span className="choice-label">{choice.label}</span>
      {choice.help !== undefined && <span className="choice-help">{choice.help}</span>}
    </span>
  );
}
