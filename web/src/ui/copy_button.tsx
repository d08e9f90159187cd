import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import { LineIcon } from './icons';
import { canCopy, useCopied } from './use_copied';

export function CopyButton({ text }: { text: string }) {
  const { t } = useTranslation();
  const [copied, copy] = useCopied(text);
  if (!canCopy()) return null;
  return (
    <Button
      className="icon-button copy"
      aria-label={copied ? t('journey.copied') : t('journey.copy', { reference: text })}
      onPress={copy}
    >
      <LineIcon name={copied ? 'check' : 'copy'} />
    </Button>
  );
}
