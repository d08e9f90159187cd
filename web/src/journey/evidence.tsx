// What the ledger has of a journey, and the file that proves it. Nothing where the server keeps no ledger.
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { carried } from '../api/client';
import { ApiProblem, problemOf } from '../api/problem';
import type { Journey } from '../api/types';
import { useAction } from '../session/use_action';
import { useSession } from '../session/session';
import { ActionProblem } from '../ui/action_problem';
import { LineIcon } from '../ui/icons';
import { useLedgerStatus, type LedgerStatus } from '../verify/ledger';

export function Evidence({ journey, reference }: { journey: Journey; reference: string }) {
  const { t } = useTranslation();
  const status = useLedgerStatus().data;
  if (status === undefined || status === null) return null;
  return (
    <section className="section no-print evidence" aria-labelledby="evidence-title">
      <h2 id="evidence-title" className="section-title">
        {t('evidence.title')}
      </h2>
      <p className="section-lead">{t('evidence.help')}</p>
      <InLedger journey={journey} status={status} />
      <SaveEvidence reference={reference} />
    </section>
  );
}

function InLedger({ journey, status }: { journey: Journey; status: LedgerStatus }) {
  const { t } = useTranslation();
  const count = journey.events.length;
  if (count === 0) return null;
  const part = journey.events.filter(({ entry }) => entry <= (status.witnessed?.size ?? 0)).length;
  return <p className="evidence-state">{part === count ? t('evidence.all', { count }) : t('evidence.some', { part, count })}</p>;
}

function save(bytes: Blob, name: string): void {
  const address = URL.createObjectURL(bytes);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}

function SaveEvidence({ reference }: { reference: string }) {
  const { t } = useTranslation();
  const { credential } = useSession();
  const action = useAction(async () => {
    const path = `/v1/journeys/${encodeURIComponent(reference)}/evidence`;
    const response = await fetch(path, carried(credential)).catch((error: unknown) => {
      throw new ApiProblem('unreachable', String(error));
    });
    if (!response.ok) throw problemOf(response, await response.json().catch(() => null));
    save(await response.blob(), `fairway-evidence-${reference.replace(/[^A-Za-z0-9._-]/g, '_')}.zip`);
  });
  return (
    <>
      <p className="evidence-tools">
        <Button className="button" isDisabled={action.pending} onPress={() => action.run(undefined)}>
          <LineIcon name="download" />
          {t(action.pending ? 'evidence.saving' : 'evidence.save')}
        </Button>
        <Link to="/verify">{t('verify.link')}</Link>
      </p>
      {action.problem !== null && <ActionProblem problem={action.problem} title={t('evidence.failed')} help={action.problem.detail || undefined} />}
    </>
  );
}
