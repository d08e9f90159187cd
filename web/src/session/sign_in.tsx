import { useState, type FormEvent } from 'react';
import { Button, FieldError, Form, Input, Label, Text, TextField } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import { asProblem, type ApiProblem } from '../api/problem';
import type { Party } from '../api/types';
import { ProblemPanel } from '../ui/problem_panel';
import { fetchParty } from './session';

interface Props {
  expired: boolean;
  signIn: (key: string, party: Party) => void;
}

export function SignIn({ expired, signIn }: Props) {
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
      signIn(pasted, await fetchParty(pasted));
    } catch (error) {
      setProblem(asProblem(error));
      setChecking(false);
    }
  };

  const wrong = problem?.code === 'unauthorized';
  return (
    <div className="sign-in">
      <h1 className="sign-in-title">{t('app.tagline')}</h1>
      <p className="lead">{t('session.lead')}</p>
      <Form className="panel sign-in-form" onSubmit={(event) => void submit(event)}>
        <h2>{t('session.title')}</h2>
        {expired && problem === null && (
          <p className="notice" role="status">
            {t('session.expired')}
          </p>
        )}
        <TextField
          className="field"
          name="key"
          type={visible ? 'text' : 'password'}
          value={key}
          onChange={change}
          isInvalid={wrong || empty}
          validationBehavior="aria"
          autoComplete="off"
          autoFocus
        >
          <Label>{t('session.keyLabel')}</Label>
          <div className="field-row">
            <Input className="input mono" spellCheck={false} autoCapitalize="off" />
            <Button className="button quiet" onPress={() => setVisible(!visible)}>
              {t(visible ? 'session.hide' : 'session.show')}
            </Button>
          </div>
          <FieldError className="field-error">
            {empty && t('session.empty')}
            {wrong && (
              <>
                <strong>{t('session.wrong')}</strong> {t('session.wrongHelp')}
              </>
            )}
          </FieldError>
          <Text slot="description" className="field-help">
            {t('session.keyHelp')}
          </Text>
        </TextField>
        {/* Not disabled while it checks: a disabled button would lose the keyboard's focus. */}
        <Button type="submit" className="button primary" isPending={checking}>
          {t(checking ? 'session.checking' : 'session.submit')}
        </Button>
      </Form>
      {problem !== null && !wrong && <ProblemPanel problem={problem} />}
      <section className="hint">
        <h2>{t('session.noKey')}</h2>
        <p>{t('session.noKeyHelp')}</p>
        <pre tabIndex={0}>
          <code>fairway admin party add &quot;Harbour Forwarding&quot; --role forwarder</code>
        </pre>
      </section>
    </div>
  );
}
