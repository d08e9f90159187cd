import { Button, Input, Label, TextField } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import { LineIcon } from './icons';
import { canCopy, useCopied } from './use_copied';

// A text to take elsewhere: selected whole when it is entered, and copied by a button where the browser has a clipboard.
export function CopyField({ label, text }: { label: string; text: string }) {
  const { t } = useTranslation();
  const [copied, copy] = useCopied(text);
  return (
    <TextField className="field" value={text} isReadOnly>
      <Label>{label}</Label>
      <div className="field-row">
        <Input className="input mono" onFocus={(event) => event.target.select()} />
        {canCopy() && (
          <Button className="button" onPress={copy}>
            <LineIcon name={copied ? 'check' : 'copy'} />
            <span aria-live="polite">{t(copied ? 'parts.copied' : 'parts.copy')}</span>
          </Button>
        )}
      </div>
    </TextField>
  );
}
