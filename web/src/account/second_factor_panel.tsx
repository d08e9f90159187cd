import { useState } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import { dataOf, doneOf, type Api } from '../api/client';
import type { ApiProblem } from '../api/problem';
import { useSession } from '../session/session';
import { useAction } from '../session/use_action';
import { ActionProblem } from '../ui/action_problem';
import { CopyField } from '../ui/copy_field';
import { FormDialog } from '../ui/dialog';
import { Field } from '../ui/field';
import { QrCode } from '../ui/qr_code';

export function SecondFactorPanel({ on }: { on: boolean }) {
  const { t } = useTranslation();
  const [uri, setUri] = useState<string | null>(null);
  const [ending, setEnding] = useState(false);
  const prepare = useAction((api, _: void) => dataOf(api.POST('/v1/me/second-factor')), { then: (made) => setUri(made.uri) });
  return (
    <section className="panel" aria-labelledby="second-factor-title">
      <h2 id="second-factor-title">
        {t('account.secondFactor')} <span className={`badge ${on ? 'badge-new' : 'badge-off'}`}>{t(on ? 'account.on' : 'account.off')}</span>
      </h2>
      <p>{t(on ? 'account.onText' : 'account.offText')}</p>
      {prepare.problem !== null && <ActionProblem problem={prepare.problem} />}
      {on ? (
        <Button className="button" onPress={() => setEnding(true)}>
          {t('account.switchOff')}
        </Button>
      ) : (
        <Button className="button primary" isPending={prepare.pending} onPress={() => prepare.run()}>
          {prepare.pending ? t('parts.working') : t('account.setUp')}
        </Button>
      )}
      {uri !== null && <SetUpDialog uri={uri} close={() => setUri(null)} />}
      {ending && <EndDialog close={() => setEnding(false)} />}
    </section>
  );
}

// A wrong code is refused as what is not allowed, or as what cannot be understood.
function isCodeWrong(problem: ApiProblem | null): boolean {
  return problem !== null && ['unauthorized', 'second_factor', 'forbidden', 'invalid'].includes(problem.code);
}

function useCode(send: (api: Api, body: { code: string }) => Promise<void>, close: () => void) {
  const { recheck } = useSession();
  const [code, setCode] = useState('');
  const [tried, setTried] = useState(false);
  const change = useAction(send, {
    then: () => {
      close();
      void recheck();
    },
  });
  const digits = code.replace(/\s/g, '');
  const wrong = isCodeWrong(change.problem);
  return {
    code,
    typed: (value: string) => {
      setCode(value);
      change.reset();
    },
    fault: tried && digits === '' ? ('empty' as const) : wrong ? ('wrong' as const) : null,
    problem: wrong ? null : change.problem,
    pending: change.pending,
    submit: () => {
      setTried(true);
      if (digits !== '') change.run({ code: digits });
    },
  };
}

function CodeField({ form, autoFocus = false }: { form: ReturnType<typeof useCode>; autoFocus?: boolean }) {
  const { t } = useTranslation();
  return (
    <Field
      label={t('account.code')}
      name="code"
      mono
      inputMode="numeric"
      autoComplete="one-time-code"
      autoFocus={autoFocus}
      value={form.code}
      onChange={form.typed}
      error={form.fault === 'empty' ? t('session.codeEmpty') : form.fault === 'wrong' && t('account.codeWrong')}
    />
  );
}

function SetUpDialog({ uri, close }: { uri: string; close: () => void }) {
  const { t } = useTranslation();
  const form = useCode((api, body) => doneOf(api.PUT('/v1/me/second-factor', { body })), close);
  return (
    <FormDialog title={t('account.setUpTitle')} close={close} submitLabel={t('account.confirm')} submit={form.submit} pending={form.pending} problem={form.problem}>
      <h3>1. {t('account.step1')}</h3>
      <QrCode text={uri} label={t('account.qr')} />
      <CopyField label={t('account.address')} text={uri} />
      <h3>2. {t('account.step2')}</h3>
      <CodeField form={form} />
    </FormDialog>
  );
}

function EndDialog({ close }: { close: () => void }) {
  const { t } = useTranslation();
  const form = useCode((api, body) => doneOf(api.DELETE('/v1/me/second-factor', { body })), close);
  return (
    <FormDialog
      title={t('account.switchOffTitle')}
      close={close}
      role="alertdialog"
      danger
      submitLabel={t('account.switchOff')}
      submit={form.submit}
      pending={form.pending}
      problem={form.problem}
    >
      <p>{t('account.switchOffText')}</p>
      <CodeField form={form} autoFocus />
    </FormDialog>
  );
}
