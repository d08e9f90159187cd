import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { parseReference, trackPath } from './reference_text';

// "Container MSCU6639870" for the API's "equipment:MSCU6639870", and the way to it.
interface Props {
  reference: string;
  linked?: boolean;
  within?: boolean; // a sentence, where the kind begins small
}

export function ReferenceName({ reference, linked = true, within = false }: Props) {
  const { t } = useTranslation();
  const parsed = parseReference(reference);
  const value = parsed?.value ?? reference;
  const kind = parsed === null ? '' : t(`kind.${parsed.kind}`);
  return (
    <span className="reference-name">
      {kind !== '' && <span>{within ? kind.charAt(0).toLowerCase() + kind.slice(1) : kind} </span>}
      {linked ? (
        <Link className="mono" to={trackPath(parsed === null || parsed.kind === 'equipment' ? value : reference)}>
          {value}
        </Link>
      ) : (
        <span className="mono">{value}</span>
      )}
    </span>
  );
}
