import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import { CopyField } from './copy_field';
import { Dialog } from './dialog';
import { LineIcon } from './icons';

interface Props {
  title: string;
  label: string;
  secret: string;
  close: () => void;
  children?: React.ReactNode;
}

// A secret that the server shows once.
export function Once({ title, label, secret, close, children }: Props) {
  const { t } = useTranslation();
  return (
    <Dialog title={title} close={close} keep>
      <div className="dialog-form">
        {children}
        <p className="notice">
          <LineIcon name="warning" /> <strong>{t('parts.onceTitle')}.</strong> {t('parts.once')}
        </p>
        <CopyField label={label} text={secret} />
        <div className="dialog-buttons">
          <Button className="button primary" onPress={close}>
            {t('parts.close')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
