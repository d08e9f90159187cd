// Where a claim comes from and what else it says, as a list of names and values.
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import type { JourneyEvent } from '../api/types';
import { localeOf } from '../i18n';
import { showNumber } from '../i18n/format';
import { Time } from '../ui/time';
import { PartyName } from './party_name';

type Fact = [name: string, value: ReactNode];

export function ClaimFacts({ claim }: { claim: JourneyEvent }) {
  const { t, i18n } = useTranslation();
  const facts: Fact[] = [
    [t('claim.by'), <PartyName party={claim.party} />],
    [t('claim.source'), sourceText(claim.source, t)],
    // In the zone of the claim, so that it can be compared with it.
    [t('claim.received'), <Time instant={{ instant: claim.receivedAt, local: claim.occurred.local }} />],
    [t('claim.created'), claim.created && <Time instant={claim.created} />],
    [t('claim.asSent'), claim.occurred.text && <code>{claim.occurred.text}</code>],
    [t('claim.transport'), transportText(claim, t)],
    [t('claim.equipment'), equipmentText(claim, t)],
    [t('claim.weight'), weightText(claim, t, localeOf(i18n.language))],
    [t('claim.seals'), claim.equipment?.seals?.map((seal) => seal.number).join(', ')],
    [t('claim.stowage'), claim.equipment?.stowage],
    [t('claim.documentType'), documentText(claim.documentTypeCode, t)],
    [t('claim.reason'), claim.reason],
    [t('claim.remark'), claim.remark],
    [t('claim.amendment'), claim.amendment && t(`claim.amends.${claim.amendment}`, { id: claim.amends ?? '' })],
    [t('claim.entry'), String(claim.entry)],
  ];
  return (
    <dl className="claim-facts">
      {facts
        .filter(([, value]) => value !== undefined && value !== '')
        .map(([name, value]) => (
          <div key={name} className="claim-fact">
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

function joined(parts: readonly (string | undefined | false)[]): string {
  return parts.filter((part) => part !== undefined && part !== false && part !== '').join(' · ');
}

export function sourceText(source: JourneyEvent['source'], t: TFunction): string {
  const { format, type, document, message, interchange, segment, offset } = source;
  return joined([
    [format, type].filter(Boolean).join(' '),
    document !== undefined && t('claim.document', { document }),
    message !== undefined && t('claim.message', { message }),
    interchange !== undefined && t('claim.interchange', { interchange }),
    segment !== undefined && t('claim.segment', { segment }),
    offset !== undefined && t('claim.byte', { offset }),
  ]);
}

function transportText({ transport }: JourneyEvent, t: TFunction): string {
  if (transport === undefined) return '';
  const { mode, vesselName, vesselIMONumber, vehicle, voyage, service, carrier } = transport;
  return joined([
    mode !== undefined && t(`mode.${mode}`),
    vesselName,
    vehicle,
    voyage !== undefined && t('journey.voyage', { voyage }),
    service !== undefined && t('journey.service', { service }),
    vesselIMONumber !== undefined && t('claim.imo', { imo: vesselIMONumber }),
    carrier,
  ]);
}

function equipmentText({ equipment, references }: JourneyEvent, t: TFunction): string {
  const numbers = references.filter((reference) => reference.kind === 'equipment').map((reference) => reference.value);
  return joined([...numbers, equipment?.ISOEquipmentCode, equipment?.load !== undefined && t(`claim.load.${equipment.load}`)]);
}

function weightText({ equipment }: JourneyEvent, t: TFunction, locale: string): string {
  if (equipment === undefined) return '';
  const { grossKg, tareKg, vgmKg } = equipment;
  return joined([
    grossKg !== undefined && t('claim.gross', { kg: showNumber(grossKg, locale) }),
    tareKg !== undefined && t('claim.tare', { kg: showNumber(tareKg, locale) }),
    vgmKg !== undefined && t('claim.vgm', { kg: showNumber(vgmKg, locale) }),
  ]);
}

function documentText(code: string | undefined, t: TFunction): string | undefined {
  if (code === undefined) return undefined;
  return t(`documentType.${code as 'BKG'}`, { defaultValue: code });
}
