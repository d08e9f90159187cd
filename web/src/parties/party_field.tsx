import { Button } from 'react-aria-components';
import { useTranslation } from 'react-i18next';

import { ActionProblem } from '../ui/action_problem';
import { Field } from '../ui/field';
import { LineIcon } from '../ui/icons';
import type { PartyChoice } from './use_lookup';

interface Props {
  label: string;
  choice: PartyChoice;
  tried: boolean; // whether to say that it must be looked up first
}

export function PartyField({ label, choice, tried }: Props) {
  const { t } = useTranslation();
  const { typed, type, lookup, look } = choice;
  const error = lookup.state === 'unknown' ? t('lookup.unknown') : tried && lookup.state === 'none' && (typed.trim() === '' ? t('parts.required') : t('lookup.first'));
  return (
    <div className="party-field">
      <Field
        label={label}
        name="party"
        mono
        autoComplete="off"
        value={typed}
        onChange={type}
        help={t('lookup.help')}
        error={error}
        aside={
          <Button className="button" onPress={look} isPending={lookup.state === 'looking'}>
            {t(lookup.state === 'looking' ? 'lookup.looking' : 'lookup.submit')}
          </Button>
        }
      />
      <p className="party-found" role="status">
        {lookup.state === 'found' && (
          <>
            <LineIcon name="check" />
            {t('lookup.found', { name: lookup.party.name, role: t(`role.${lookup.party.role}`) })}
          </>
        )}
      </p>
      {lookup.state === 'failed' && <ActionProblem problem={lookup.problem} />}
    </div>
  );
}
