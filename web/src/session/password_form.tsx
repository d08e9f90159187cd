// E-mail address and password; then the code of the second factor, where the account has one.
import { useState, type FormEvent } from 'react';
import { Button, Form } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import { createApi, dataOf } from '../api/client';
import { asProblem, type ApiProblem } from '../api/problem';
import { ActionProblem } from '../ui/action_problem';
import { Field } from '../ui/field';
import { useNow } from '../ui/use_now';
import { whoIsPerson, type Who } from './session';

type Wrong = 'none' | 'empty' | 'password' | 'code' | 'codeEmpty';

export function PasswordForm({ signIn }: { signIn: (who: Who) => void }) {
  const { t } = useTranslation();
  const [step, setStep] = useState<'password' | 'code'>('password');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [visible, setVisible] = useState(false);
  const [checking, setChecking] = useState(false);
  const [wrong, setWrong] = useState<Wrong>('none');
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [waitUntil, setWaitUntil] = useState(0);

  const forget = () => {
    setWrong('none');
    setProblem(null);
  };
  const typed = (set: (value: string) => void) => (value: string) => {
    set(value);
    forget();
  };

  const refused = (found: ApiProblem) => {
    if (found.code === 'second_factor') {
      setWrong(step === 'code' ? 'code' : 'none');
      setStep('code');
      setCode('');
    } else if (found.code === 'throttled' && found.retryAfterS !== null) {
      setWaitUntil(Date.now() + found.retryAfterS * 1_000);
    } else if (found.code === 'unauthorized') {
      setStep('password');
      setWrong('password');
    } else {
      setProblem(found);
    }
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (checking || Date.now() < waitUntil) return;
    forget();
    if (step === 'password' && (email.trim() === '' || password === '')) return setWrong('empty');
    const digits = code.replace(/\s/g, '');
    if (step === 'code' && digits === '') return setWrong('codeEmpty');
    setChecking(true);
    setWaitUntil(0);
    try {
      const body = { email: email.trim(), password, ...(step === 'code' && { code: digits }) };
      signIn(whoIsPerson(await dataOf(createApi({ how: 'nobody' }).POST('/v1/session', { body }))));
    } catch (error) {
      setChecking(false);
      refused(asProblem(error));
    }
  };

  const passwordError = (
    <>
      <strong>{t('session.wrongPassword')}.</strong> {t('session.wrongPasswordHelp')}
    </>
  );
  return (
    <Form className="form" validationBehavior="aria" onSubmit={(event) => void submit(event)}>
      {step === 'password' ? (
        <>
          <Field label={t('session.email')} name="email" type="email" value={email} onChange={typed(setEmail)} autoComplete="username" autoFocus />
          <Field
            label={t('session.password')}
            name="password"
            type={visible ? 'text' : 'password'}
            value={password}
            onChange={typed(setPassword)}
            autoComplete="current-password"
            error={wrong === 'empty' ? t('session.fillBoth') : wrong === 'password' && passwordError}
            aside={
              <Button className="button quiet" aria-label={t(visible ? 'session.hidePassword' : 'session.showPassword')} onPress={() => setVisible(!visible)}>
                {t(visible ? 'parts.hide' : 'parts.show')}
              </Button>
            }
          />
        </>
      ) : (
        <>
          <h3>{t('session.codeTitle')}</h3>
          <p>{t('session.codeLead')}</p>
          <Field
            label={t('session.code')}
            name="code"
            value={code}
            onChange={typed(setCode)}
            mono
            inputMode="numeric"
            autoComplete="one-time-code"
            autoFocus
            error={wrong === 'codeEmpty' ? t('session.codeEmpty') : wrong === 'code' && t('session.codeWrong')}
          />
        </>
      )}
      {waitUntil > 0 && <Waiting until={waitUntil} />}
      {problem !== null && <ActionProblem problem={problem} />}
      <div className="form-buttons">
        <Button type="submit" className="button primary" isPending={checking}>
          {t(checking ? 'session.checkingPassword' : 'session.submit')}
        </Button>
        {step === 'code' && (
          <Button
            className="button quiet"
            onPress={() => {
              setStep('password');
              setPassword('');
              forget();
            }}
          >
            {t('session.codeBack')}
          </Button>
        )}
      </div>
    </Form>
  );
}

// After too many attempts: how long still, counting down. A screen reader hears it once, not every second.
function Waiting({ until }: { until: number }) {
  const { t } = useTranslation();
  const seconds = Math.max(0, Math.ceil((until - useNow(1_000)) / 1_000));
  return (
    <div className="action-problem">
      <p className="action-problem-title" role="alert">
        {t('session.tooOften')}
      </p>
      <p role="timer">{seconds > 0 ? t('session.wait', { count: seconds }) : t('session.waitOver')}</p>
    </div>
  );
}
