import { useState } from 'react';
import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import type { JourneyReference, ReferenceKind } from '../api/types';
import { trackPath } from '../search/reference_text';
import { CopyButton } from '../ui/copy_button';
import { LineIcon } from '../ui/icons';
import { usePrinting } from '../ui/use_printing';

// The kinds that a person tracks by, in this order; the others follow and are not links.
const tracked: readonly ReferenceKind[] = ['equipment', 'booking', 'transport_document', 'house_document'];
const shownAtFirst = 12;

function groupByKind(references: readonly JourneyReference[]): [ReferenceKind, JourneyReference[]][] {
  const groups = new Map<ReferenceKind, JourneyReference[]>(tracked.map((kind) => [kind, []]));
  for (const reference of references) {
    const group = groups.get(reference.kind);
    if (group === undefined) groups.set(reference.kind, [reference]);
    else group.push(reference);
  }
  return [...groups].filter(([, group]) => group.length > 0);
}

interface Props {
  references: readonly JourneyReference[];
  shown: Pick<JourneyReference, 'kind' | 'value'>;
  linked: boolean; // whether the others can be tracked from here
}

export function References({ references, shown, linked }: Props) {
  const { t } = useTranslation();
  return (
    <section className="section" aria-labelledby="references-title">
      <h2 id="references-title" className="section-title">
        {t('journey.references')}
      </h2>
      <div className="reference-groups">
        {groupByKind(references).map(([kind, group]) => (
          <ReferenceGroup key={kind} kind={kind} references={group} shown={shown} linked={linked} />
        ))}
      </div>
    </section>
  );
}

function ReferenceGroup({ kind, references, shown, linked }: Props & { kind: ReferenceKind }) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  const printing = usePrinting();
  const visible = all || printing ? references : references.slice(0, shownAtFirst);
  return (
    <div className={`reference-group ${references.length > shownAtFirst ? 'reference-group-wide' : ''}`}>
      <h3 className="group-title">{t(`kind.${kind}`)}</h3>
      <ul className="chip-list">
        {visible.map((reference) => (
          <Chip
            key={reference.value}
            reference={reference}
            current={reference.kind === shown.kind && reference.value === shown.value}
            linked={linked}
          />
        ))}
      </ul>
      {references.length > shownAtFirst && (
        <Button className="button quiet small no-print" onPress={() => setAll(!all)}>
          {all ? t('journey.showFewer') : t('journey.showAll', { count: references.length })}
        </Button>
      )}
    </div>
  );
}

function Chip({ reference, current, linked }: { reference: JourneyReference; current: boolean; linked: boolean }) {
  const { t } = useTranslation();
  const { kind, value, flag, overShared } = reference;
  const isLink = linked && tracked.includes(kind) && !current;
  return (
    <li className={`chip ${current ? 'chip-current' : ''} ${flag !== undefined ? 'chip-flagged' : ''}`}>
      {isLink ? (
        <Link className="chip-link mono" to={trackPath(value)} aria-label={t('journey.track', { reference: value })}>
          {value}
        </Link>
      ) : (
        <span className="chip-text mono">{value}</span>
      )}
      {flag !== undefined && (
        <span className="chip-flag" title={t(`flag.${flag}Help`)}>
          <LineIcon name="flag" />
          {t(`flag.${flag}`)}
        </span>
      )}
      {overShared === true && (
        <span className="chip-note" title={t('journey.overSharedHelp')}>
          {t('journey.overShared')}
        </span>
      )}
      <CopyButton text={value} />
    </li>
  );
}
