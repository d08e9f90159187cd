import { createContext, use, type FormEvent, type ReactNode } from 'react';
import { Button, Dialog as AriaDialog, Form, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import type { ApiProblem } from '../api/problem';
import { ActionProblem } from './action_problem';
import { LineIcon } from './icons';

interface FrameProps {
  close: () => void;
  // Only its own buttons close it: it shows what cannot be shown again.
  keep?: boolean;
  children: ReactNode;
}

const InFrame = createContext(false);

// A window over the page; on a phone it is the page. The focus stays in it and goes back to where it came from, also when one dialog
// follows another in the same frame.
export function DialogFrame({ close, keep = false, children }: FrameProps) {
  return (
    <ModalOverlay className="dialog-veil" isOpen isDismissable={false} isKeyboardDismissDisabled={keep} onOpenChange={(open) => !open && close()}>
      <Modal className="dialog-frame">
        <InFrame value={true}>{children}</InFrame>
      </Modal>
    </ModalOverlay>
  );
}

interface DialogProps extends FrameProps {
  title: string;
  role?: 'dialog' | 'alertdialog';
}

// A dialog, in the frame that is around it or in one of its own.
export function Dialog({ title, close, keep = false, role = 'dialog', children }: DialogProps) {
  const { t } = useTranslation();
  const framed = use(InFrame);
  const dialog = (
    <AriaDialog className="dialog" role={role}>
      <div className="dialog-head">
        <Heading slot="title" level={2} className="dialog-title">
          {title}
        </Heading>
        {!keep && (
          <Button className="icon-button" aria-label={t('parts.close')} onPress={close}>
            <LineIcon name="clear" />
          </Button>
        )}
      </div>
      {children}
    </AriaDialog>
  );
  if (framed) return dialog;
  return (
    <DialogFrame close={close} keep={keep}>
      {dialog}
    </DialogFrame>
  );
}

interface FormDialogProps {
  title: string;
  close: () => void;
  submitLabel: string;
  submit: () => void;
  pending: boolean;
  problem: ApiProblem | null;
  danger?: boolean;
  role?: 'dialog' | 'alertdialog';
  children: ReactNode;
}

// A window that asks for something and does it. It closes itself only when its owner takes it away.
export function FormDialog({ title, close, submitLabel, submit, pending, problem, danger = false, role = 'dialog', children }: FormDialogProps) {
  const { t } = useTranslation();
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (!pending) submit();
  };
  return (
    <Dialog title={title} close={close} role={role}>
      <Form className="dialog-form" validationBehavior="aria" onSubmit={onSubmit}>
        {children}
        {problem !== null && <ActionProblem problem={problem} />}
        <div className="dialog-buttons">
          <Button className="button" onPress={close}>
            {t('parts.cancel')}
          </Button>
          <Button type="submit" className={`button ${danger ? 'danger' : 'primary'}`} isPending={pending}>
            {pending ? t('parts.working') : submitLabel}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
