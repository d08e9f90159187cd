import { useTranslation } from 'react-i18next';

import type { CustomsState, CustomsStatus } from '../api/types';
import { localeOf } from '../i18n';
import { instantOf } from '../i18n/format';
import { Time } from '../ui/time';
import { PartyName } from './party_name';

const tones: Partial<Record<CustomsState, string>> = {
  released: 'good',
  closed: 'good',
  inspection: 'late',
  queried: 'late',
  held: 'bad',
  rejected: 'bad',
};

const ownNames = ['hk', 'cn'] as const;

// "Hong Kong", "Mainland", and other territories by the browser's names for them.
function useSideName(): (regime: string | undefined) => string {
  const { t, i18n } = useTranslation();
  return (regime) => {
    if (regime === undefined) return t('customs.someSide');
    const own = ownNames.find((name) => name === regime);
    if (own !== undefined) return t(`customs.side.${own}`);
    if (!/^[a-z]{2}$/.test(regime)) return regime;
    return new Intl.DisplayNames(localeOf(i18n.language), { type: 'region' }).of(regime.toUpperCase()) ?? regime;
  };
}

interface Unit {
  name: string;
  sides: CustomsStatus[];
}

function byUnit(statuses: readonly CustomsStatus[]): Unit[] {
  const units = new Map<string, Unit>();
  for (const status of statuses) {
    const name = status.equipment ?? status.document ?? '';
    const unit = units.get(name) ?? { name, sides: [] };
    units.set(name, unit);
    unit.sides.push(status);
  }
  return [...units.values()];
}

// How the customs of each side stand to each container, or to the paper of cargo that is in none.
export function Customs({ statuses }: { statuses: readonly CustomsStatus[] }) {
  const { t } = useTranslation();
  if (statuses.length === 0) return null;
  return (
    <section className="section" aria-labelledby="customs-title">
      <h2 id="customs-title" className="section-title">
        {t('customs.title')}
      </h2>
      <ul className="customs">
        {byUnit(statuses).map((unit) => (
          <li key={unit.name} className="customs-unit">
            <h3 className="customs-name mono">{unit.name}</h3>
            <ul className="customs-sides">
              {unit.sides.map((status) => (
                <Side key={status.regime ?? ''} status={status} />
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </section>
  );
}

function StateName({ state }: { state: CustomsState }) {
  const { t } = useTranslation();
  return <strong className={`customs-state customs-${tones[state] ?? 'plain'}`}>{t(`customs.state.${state}`)}</strong>;
}

function Since({ at }: { at: string }) {
  const { t } = useTranslation();
  return (
    <span className="customs-since">
      {t('customs.since')} <Time instant={instantOf(at)} />
    </span>
  );
}

function Side({ status }: { status: CustomsStatus }) {
  const { t } = useTranslation();
  const name = useSideName()(status.regime);
  const several = status.declarations.length > 1;
  return (
    <li className="customs-side">
      <h4 className="customs-side-name">{name}</h4>
      <p className="customs-line">
        <StateName state={status.state} /> <Since at={status.since} />
      </p>
      <p className="customs-more">
        {status.number !== undefined && <span className="mono">{status.number}</span>}
        <PartyName party={status.party} />
        {status.paid && <span className="tag">{t('customs.paid')}</span>}
      </p>
      {status.conflict && <Said status={status} />}
      {several && <Declarations status={status} />}
      {status.history.length > 1 && <History status={status} />}
    </li>
  );
}

// Who says what, where the senders contradict each other.
function Said({ status }: { status: CustomsStatus }) {
  const { t } = useTranslation();
  return (
    <div className="customs-said">
      <p className="badge badge-conflict">{t('conflict.badge')}</p>
      <ul>
        {status.said.map((voice) => (
          <li key={voice.entry} className="customs-line">
            <PartyName party={voice.party} /> <StateName state={voice.state} /> <Since at={voice.since} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function Declarations({ status }: { status: CustomsStatus }) {
  const { t } = useTranslation();
  return (
    <ul className="customs-declarations" aria-label={t('customs.declarations')}>
      {status.declarations.map((paper, index) => (
        <li key={paper.number ?? index} className="customs-line">
          <span className="mono">{paper.number ?? t('customs.noNumber')}</span>
          {paper.form !== undefined && <span className="tag mono">{paper.form}</span>}
          <StateName state={paper.state} /> <Since at={paper.since} />
        </li>
      ))}
    </ul>
  );
}

function History({ status }: { status: CustomsStatus }) {
  const { t } = useTranslation();
  return (
    <details className="customs-history">
      <summary>{t('customs.history', { count: status.history.length })}</summary>
      <ol>
        {status.history.map((step) => (
          <li key={`${step.entry} ${step.state}`} className="customs-line">
            <Time instant={instantOf(step.at)} /> {t(`customs.state.${step.state}`)}
          </li>
        ))}
      </ol>
    </details>
  );
}
