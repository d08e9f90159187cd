import type { ReactNode } from 'react';
import { Input, Label, TextArea, TextField } from 'react-aria-components';

import { FieldNotes } from './field_notes';

interface Props {
  label: string;
  value: string;
  onChange: (value: string) => void;
  help?: ReactNode;
  error?: ReactNode; // what is wrong with it, and what to do; nothing where it is well
  name?: string;
  type?: 'text' | 'email' | 'password' | 'date';
  lines?: number; // more than one line of text
  mono?: boolean;
  autoComplete?: string;
  inputMode?: 'text' | 'numeric' | 'email';
  autoFocus?: boolean;
  readOnly?: boolean;
  min?: string;
  aside?: ReactNode; // a button beside the input
}

// A labelled field with its help and its error, which a screen reader reads with it.
export function Field({ label, help, error, lines, mono = false, aside, value, onChange, min, readOnly = false, ...rest }: Props) {
  const wrong = error !== undefined && error !== null && error !== false && error !== '';
  const look = `input ${mono ? 'mono' : ''}`;
  const plain = mono || rest.type === 'email';
  return (
    <TextField className="field" value={value} onChange={onChange} isInvalid={wrong} isReadOnly={readOnly} validationBehavior="aria" {...rest}>
      <Label>{label}</Label>
      <div className="field-row">
        {lines === undefined ? (
          <Input className={look} min={min} {...(plain && { spellCheck: false, autoCapitalize: 'off' })} />
        ) : (
          <TextArea className={`${look} input-lines`} rows={lines} spellCheck={!plain} />
        )}
        {aside}
      </div>
      <FieldNotes error={error} help={help} />
    </TextField>
  );
}
