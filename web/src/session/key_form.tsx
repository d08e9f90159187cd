import { useState, type FormEvent } from 'react';
import { Button, Form } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import { asProblem, type ApiProblem } from '../api/problem';
import { Field } from '../ui/field';
import { ProblemPanel } from '../ui/problem_panel';
import { whoHasKey, type Who } from './session';

export function KeyForm({ signIn }: { signIn: (who: Who) => void }) {
  const { t } = useTranslation();
  const [key, setKey] = useState('');
  const [visible, setVisible] = useState(false);
  const [checking, setChecking] = useState(false);
  const [empty, setEmpty] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);

  const change = (value: string) => {
    setKey(value);
    setEmpty(false);
    setProblem(null);
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const pasted = key.trim();
    setEmpty(pasted === '');
    if (pasted === '' || checking) return;
    setChecking(true);
    setProblem(null);
    try {
      signIn(await whoHasKey(pasted));
    } catch (error) {
      setProblem(asProblem(error));
      setChecking(false);
    }
  };

  const wrong = problem?.code === 'unauthorized';
  const wrongText = (
    <>
      <strong>{t('session.wrong')}</strong> {t('session.wrongHelp')}
    </>
  );
  return (
    <>
      <Form className="form" validationBehavior="aria" onSubmit={(event) => void submit(event)}>
        <Field
          label={t('session.keyLabel')}
          name="key"
          type={visible ? 'text' : 'password'}
          value={key}
          onChange={change}
          mono
          autoComplete="off"
          autoFocus
          error={empty ? t('session.empty') : wrong && wrongText}
          help={t('session.keyHelp')}
          aside={
            <Button className="button quiet" onPress={() => setVisible(!visible)}>
              {t(visible ? 'session.hide' : 'session.show')}
            </Button>
          }
        />
        {/* Not disabled while it checks: a disabled button would lose the keyboard's focus. */}
        <Button type="submit" className="button primary" isPending={checking}>
          {t(checking ? 'session.checking' : 'session.submit')}
        </Button>
      </Form>
      {problem !== null && !wrong && <ProblemPanel problem={problem} />}
    </>
  );
}
