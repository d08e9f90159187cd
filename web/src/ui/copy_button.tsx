import { useEffect, useState } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import { LineIcon } from './icons';

const shownMs = 1_500;

export function CopyButton({ text }: { text: string }) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);

  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), shownMs);
    return () => clearTimeout(timer);
  }, [copied]);

  if (!window.isSecureContext) return null; // the browser gives no clipboard there
  return (
    <Button
      className="icon-button copy"
      aria-label={copied ? t('journey.copied') : t('journey.copy', { reference: text })}
      onPress={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}
    >
      <LineIcon name={copied ? 'check' : 'copy'} />
    </Button>
  );
}
