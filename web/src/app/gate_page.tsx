import { useTranslation } from 'react-i18next';

import type { Gate } from '../session/session';
import { SignIn } from '../session/sign_in';
import { ProblemPanel } from '../ui/problem_panel';
import { Page } from './header';

// Everything there is to see without a session.
export function GatePage({ gate }: { gate: Gate }) {
  return <Page>{gateContent(gate)}</Page>;
}

function gateContent(gate: Gate) {
  switch (gate.state) {
    case 'signed_out':
      return <SignIn expired={gate.expired} signIn={gate.signIn} />;
    case 'restoring':
      return <Restoring />;
    case 'failed':
      return <ProblemPanel problem={gate.problem} retry={gate.retry} />;
  }
}

function Restoring() {
  const { t } = useTranslation();
  return (
    <p className="lead" role="status">
      {t('session.restoring')}
    </p>
  );
}
