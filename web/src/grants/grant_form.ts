// What a new grant is asked for, and what becomes of it in the API's words.
import { useState } from 'react';

import type { Grant, GrantField, GrantKind, ReferenceKind } from '../api/types';
import { usePartyChoice } from '../parties/use_lookup';
import { typedReference, type TypedReference } from '../search/reference_text';
import { expiresAt, type Expiry } from '../ui/expiry';
import { linesOf } from '../ui/lines';

export const grantFields: readonly GrantField[] = [
  'milestones',
  'goods_description',
  'value',
  'party_names',
  'release_right',
  'position',
  'house_documents',
  'trade_numbers',
];

export type GivenKind = Exclude<GrantKind, 'guest' | 'legal_basis'>;

export interface GrantBody {
  kind: GivenKind | 'legal_basis';
  to?: string;
  scope: Grant['scope'];
  fields?: GrantField[];
  purpose?: string;
  reason?: string;
  expires: string;
  sealed?: boolean;
}

export interface GuestBody {
  reference: string;
  role: 'driver' | 'shipper';
  label: string;
  expires: string;
}

// A guest's link is short-lived by nature; the others outlast a shipment.
const firstExpiry = (kind: GrantKind): Expiry => ({ kind: kind === 'guest' ? 'days7' : 'days90', date: '' });

const textOf = ({ kind, value }: TypedReference) => `${kind}:${value}`;

export function useGrantForm() {
  const [kind, setKind] = useState<GrantKind>('nomination');
  const party = usePartyChoice();
  const [everything, setEverything] = useState(false);
  const [typed, setTyped] = useState('');
  const [otherKind, setOtherKind] = useState<ReferenceKind>('booking');
  const [fields, setFields] = useState<GrantField[]>(['milestones']);
  const [purpose, setPurpose] = useState('');
  const [reason, setReason] = useState('');
  const [sealed, setSealed] = useState(false);
  const [guestRole, setGuestRole] = useState<GuestBody['role']>('driver');
  const [label, setLabel] = useState('');
  const [expiry, setExpiry] = useState<Expiry>(firstExpiry('nomination'));
  const [tried, setTried] = useState(false);

  const references = linesOf(typed).map((line) => typedReference(line, otherKind));
  const hasParty = kind !== 'guest' && kind !== 'legal_basis';
  const allPossible = kind === 'delegation'; // whoever does not act for the giver is let in by references
  const scope: Grant['scope'] = everything && allPossible ? { all: true } : { references: references.map(textOf) };
  const noScope = scope.all !== true && references.length === 0;

  return {
    kind,
    changeKind: (next: GrantKind) => {
      setKind(next);
      setExpiry(firstExpiry(next));
      setTried(false);
    },
    party,
    everything,
    setEverything,
    typed,
    setTyped,
    otherKind,
    setOtherKind,
    references,
    fields,
    setFields,
    purpose,
    setPurpose,
    reason,
    setReason,
    sealed,
    setSealed,
    guestRole,
    setGuestRole,
    label,
    setLabel,
    expiry,
    setExpiry,
    tried,
    hasParty,
    allPossible,
    noScope,
    // What to send; null, and what is missing is shown, where it is not whole.
    guestBody: (): GuestBody | null => {
      setTried(true);
      const expires = expiresAt(expiry);
      const [reference] = references;
      if (reference === undefined || label.trim() === '' || !expires) return null;
      return { reference: textOf(reference), role: guestRole, label: label.trim(), expires };
    },
    grantBody: (): GrantBody | null => {
      setTried(true);
      const expires = expiresAt(expiry);
      if (kind === 'guest' || noScope || !expires) return null;
      if (kind === 'legal_basis') return reason.trim() === '' ? null : { kind, scope, reason: reason.trim(), expires, sealed };
      if (party.lookup.state !== 'found') {
        party.look(); // so that the name is seen before anything is given
        return null;
      }
      if (purpose.trim() === '' || fields.length === 0) return null;
      return { kind, to: party.lookup.party.id, scope, fields, purpose: purpose.trim(), expires };
    },
  };
}

export type GrantForm = ReturnType<typeof useGrantForm>;
