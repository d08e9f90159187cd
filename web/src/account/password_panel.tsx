import { useState, type FormEvent } from 'react';
import { Button, Form } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import { doneOf } from '../api/client';
import { passwordLengthMin } from '../session/password_rule';
import { useAction } from '../session/use_action';
import { ActionProblem } from '../ui/action_problem';
import { Field } from '../ui/field';

export function PasswordPanel({ email }: { email: string }) {
  const { t } = useTranslation();
  const [old, setOld] = useState('');
  const [next, setNext] = useState('');
  const [tried, setTried] = useState(false);
  const [changed, setChanged] = useState(false);
  const change = useAction((api, body: { old: string; new: string }) => doneOf(api.POST('/v1/me/password', { body })), {
    then: () => {
      setOld('');
      setNext('');
      setTried(false);
      setChanged(true);
    },
  });

  const tooShort = next.length < passwordLengthMin;
  const oldWrong = change.problem?.code === 'unauthorized' || change.problem?.code === 'forbidden';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    setChanged(false);
    if (old !== '' && !tooShort) change.run({ old, new: next });
  };
  const typed = (set: (value: string) => void) => (value: string) => {
    set(value);
    change.reset();
  };
  return (
    <section className="panel" aria-labelledby="password-title">
      <h2 id="password-title">{t('account.password')}</h2>
      <Form className="form" validationBehavior="aria" onSubmit={submit}>
        {/* For password managers, which keep a password by its account. */}
        <input className="visually-hidden" type="email" name="email" value={email} autoComplete="username" readOnly tabIndex={-1} aria-label={t('session.email')} />
        <Field
          label={t('account.old')}
          name="old"
          type="password"
          autoComplete="current-password"
          value={old}
          onChange={typed(setOld)}
          error={(tried && old === '' && t('parts.required')) || (oldWrong && t('account.oldWrong'))}
        />
        <Field
          label={t('account.new')}
          name="new"
          type="password"
          autoComplete="new-password"
          value={next}
          onChange={typed(setNext)}
          help={t('account.newHelp')}
          error={tried && tooShort && t('invitation.tooShort')}
        />
        {change.problem !== null && !oldWrong && <ActionProblem problem={change.problem} />}
        {changed && (
          <p className="done-note" role="status">
            {t('account.changed')}
          </p>
        )}
        <Button type="submit" className="button" isPending={change.pending}>
          {change.pending ? t('parts.working') : t('account.change')}
        </Button>
      </Form>
    </section>
  );
}
