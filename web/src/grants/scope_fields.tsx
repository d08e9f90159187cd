// What a grant is about: certain references, as they are understood, or everything.
import { useTranslation } from 'react-i18next';

import type { ReferenceKind } from '../api/types';
import { checkContainer } from '../search/reference_text';
import { OneOf } from '../ui/choices';
import { Field } from '../ui/field';
import { Picker } from '../ui/picker';
import type { GrantForm } from './grant_form';

// The kinds that a number without one may be of, the frequent ones first.
const otherKinds: readonly ReferenceKind[] = [
  'booking',
  'transport_document',
  'house_document',
  'air_waybill',
  'house_air_waybill',
  'road_cargo_reference',
  'consignment',
  'forwarder_reference',
  'customer_reference',
  'purchase_order',
];

export function ScopeFields({ form }: { form: GrantForm }) {
  const { t } = useTranslation();
  const isGuest = form.kind === 'guest';
  const listed = !(form.everything && form.allPossible);
  const noScope = form.tried && form.noScope && t('grants.dialog.noReference');
  return (
    <>
      {form.allPossible && (
        <OneOf
          label={t('grants.dialog.scope')}
          value={form.everything ? 'all' : 'references'}
          onChange={(next) => form.setEverything(next === 'all')}
          choices={[
            { value: 'references', label: t('grants.dialog.scopeReferences') },
            { value: 'all', label: t('grants.dialog.scopeAll'), help: t('grants.dialog.scopeAllHelp') },
          ]}
        />
      )}
      {listed && (
        <>
          {isGuest ? (
            <Field label={t('grants.dialog.oneReference')} name="reference-given" mono autoComplete="off" value={form.typed} onChange={form.setTyped} error={noScope} />
          ) : (
            <Field
              label={t('grants.dialog.references')}
              name="references"
              lines={3}
              mono
              value={form.typed}
              onChange={form.setTyped}
              help={t('grants.dialog.referencesHelp')}
              error={noScope}
            />
          )}
          <Understood form={form} />
        </>
      )}
    </>
  );
}

// How each line is read, so that a wrong kind is seen before it is given.
function Understood({ form }: { form: GrantForm }) {
  const { t } = useTranslation();
  const hasOthers = form.references.some(({ kind }) => kind !== 'equipment');
  return (
    <div className="understood">
      {hasOthers && (
        <Picker
          label={t('grants.dialog.otherKind')}
          inline
          value={form.otherKind}
          onChange={form.setOtherKind}
          choices={otherKinds.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
        />
      )}
      {form.references.length > 0 && (
        <p className="field-help" role="status">
          {t('grants.dialog.understood')}{' '}
          {form.references.map(({ kind, value }, index) => {
            const check = kind === 'equipment' ? checkContainer(value) : null;
            return (
              <span key={index}>
                {index > 0 && ' · '}
                {t(`kind.${kind}`)} <span className="mono">{value}</span>
                {check !== null && !check.correct && <span className="bad"> ({t('flag.wrong_check_digit')})</span>}
              </span>
            );
          })}
        </p>
      )}
    </div>
  );
}
