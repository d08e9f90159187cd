// /invitation#TOKEN: who invites, a name and a password (or a provider), and in.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, type FormEvent } from 'react';
import { Button, Form } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';

import { createApi, dataOf } from '../api/client';
import { asProblem, type ApiProblem } from '../api/problem';
import type { InvitationShown } from '../api/types';
import { forgetSecret, keptSecret } from '../session/fragment';
import { passwordLengthMin } from '../session/password_rule';
import { ProviderLinks } from '../session/provider_links';
import { enterAs, whoIsPerson } from '../session/session';
import { ActionProblem } from '../ui/action_problem';
import { Field } from '../ui/field';
import { ProblemPanel } from '../ui/problem_panel';
import { Moment } from '../ui/time';
import { Sentence } from '../ui/sentence';

const api = createApi({ how: 'nobody' });

export function InvitationPage() {
  const { t } = useTranslation();
  const [token] = useState(() => keptSecret('/invitation'));
  const look = useQuery({
    queryKey: ['invitation', token],
    queryFn: () => dataOf(api.POST('/v1/invitations/look', { body: { token: token ?? '' } })),
    enabled: token !== null,
  });
  useEffect(() => {
    document.title = t('app.documentTitle', { reference: t('invitation.title') });
  }, [t]);

  if (token === null) return <Closed />;
  if (look.data !== undefined) return <Open token={token} invitation={look.data} />;
  if (look.error === null) {
    return (
      <p className="lead" role="status">
        {t('invitation.looking')}
      </p>
    );
  }
  const problem = asProblem(look.error);
  return problem.code === 'not_found' ? <Closed /> : <ProblemPanel problem={problem} retry={() => void look.refetch()} />;
}

function Open({ token, invitation }: { token: string; invitation: InvitationShown }) {
  const { t } = useTranslation();
  const { party, email, expires, ways } = invitation;
  return (
    <div className="sign-in">
      <h1 className="sign-in-title">{t('invitation.title')}</h1>
      <p className="lead">{t('invitation.lead', { party: party.name, role: t(`role.${party.role}`) })}</p>
      <section className="panel">
        <p className="quiet">
          <Sentence parts={{ until: <Moment at={expires} /> }} text={(marks) => t('invitation.open', marks)} />
        </p>
        {ways.password && <Acceptance token={token} email={email} />}
        {ways.providers.length > 0 && (
          <>
            {ways.password && <p className="sign-in-or">{t('invitation.or')}</p>}
            <ProviderLinks providers={ways.providers} query={{ invitation: token, return: '/' }} label={(provider) => t('invitation.with', { provider })} />
          </>
        )}
      </section>
    </div>
  );
}

function Acceptance({ token, email }: { token: string; email: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [visible, setVisible] = useState(false);
  const [tried, setTried] = useState(false);
  const [working, setWorking] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);

  const tooShort = password.length < passwordLengthMin;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (working || name.trim() === '' || tooShort) return;
    setWorking(true);
    setProblem(null);
    try {
      const session = await dataOf(api.POST('/v1/invitations/acceptance', { body: { token, name: name.trim(), password } }));
      forgetSecret('/invitation');
      enterAs(queries, whoIsPerson(session));
      void navigate('/', { replace: true });
    } catch (error) {
      setProblem(asProblem(error));
      setWorking(false);
    }
  };

  if (problem?.code === 'not_found') return <p className="notice">{t('invitation.closed')}</p>;
  return (
    <Form className="form" validationBehavior="aria" onSubmit={(event) => void submit(event)}>
      <Field label={t('invitation.email')} name="email" type="email" value={email} onChange={() => {}} readOnly autoComplete="username" />
      <Field
        label={t('invitation.name')}
        name="name"
        value={name}
        onChange={setName}
        autoComplete="name"
        autoFocus
        help={t('invitation.nameHelp')}
        error={tried && name.trim() === '' && t('parts.required')}
      />
      <Field
        label={t('invitation.password')}
        name="password"
        type={visible ? 'text' : 'password'}
        value={password}
        onChange={setPassword}
        autoComplete="new-password"
        help={t('invitation.passwordHelp')}
        error={tried && tooShort && t('invitation.tooShort')}
        aside={
          <Button className="button quiet" aria-label={t(visible ? 'session.hidePassword' : 'session.showPassword')} onPress={() => setVisible(!visible)}>
            {t(visible ? 'parts.hide' : 'parts.show')}
          </Button>
        }
      />
      {problem !== null && <ActionProblem problem={problem} />}
      <Button type="submit" className="button primary" isPending={working}>
        {t(working ? 'parts.working' : 'invitation.submit')}
      </Button>
    </Form>
  );
}

function Closed() {
  const { t } = useTranslation();
  return (
    <section className="panel nothing">
      <h1>{t('invitation.closedTitle')}</h1>
      <p>{t('invitation.closed')}</p>
      <p>{t('invitation.closedHelp')}</p>
      <Link className="button primary" to="/">
        {t('invitation.toSignIn')}
      </Link>
    </section>
  );
}
