import type { ReactNode } from 'react';
import { FieldError, Text } from 'react-aria-components';

// What stands under a field or a group of choices: what is wrong with it, and its help.
export function FieldNotes({ error, help }: { error?: ReactNode; help?: ReactNode }) {
  return (
    <>
      <FieldError className="field-error">{error}</FieldError>
      {help !== undefined && (
        <Text slot="description" className="field-help">
          {help}
        </Text>
      )}
    </>
  );
}
