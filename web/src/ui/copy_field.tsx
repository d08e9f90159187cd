import { useEffect, useState } from 'react';
import { Button, Input, Label, TextField } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import { LineIcon } from './icons';

const shownMs = 2_000;

// A text to take elsewhere: selected whole when it is entered, and copied by a button where the browser has a clipboard.
export function CopyField({ label, text }: { label: string; text: string }) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), shownMs);
    return () => clearTimeout(timer);
  }, [copied]);
  return (
    <TextField className="field" value={text} isReadOnly>
      <Label>{label}</Label>
      <div className="field-row">
        <Input className="input mono" onFocus={(event) => event.target.select()} />
        {window.isSecureContext && (
          <Button className="button" onPress={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}>
            <LineIcon name={copied ? 'check' : 'copy'} />
            <span aria-live="polite">{t(copied ? 'parts.copied' : 'parts.copy')}</span>
          </Button>
        )}
      </div>
    </TextField>
  );
}
