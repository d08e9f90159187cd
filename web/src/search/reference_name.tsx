import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

import { parseReference, trackPath } from './reference_text';

// "Container MSCU6639870" for the API's "equipment:MSCU6639870", and the way to it.
export function ReferenceName({ reference, linked = true }: { reference: string; linked?: boolean }) {
  const { t } = useTranslation();
  const parsed = parseReference(reference);
  const value = parsed?.value ?? reference;
  return (
    <span className="reference-name">
      {parsed !== null && <span>{t(`kind.${parsed.kind}`)} </span>}
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
