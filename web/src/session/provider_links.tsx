import type { SignInWays } from '../api/types';

interface Props {
  providers: SignInWays['providers'];
  query: { return?: string; invitation?: string };
  label: (provider: string) => string;
}

// Links, not requests: the browser itself goes to the provider and comes back.
export function ProviderLinks({ providers, query, label }: Props) {
  return (
    <ul className="provider-list">
      {providers.map(({ id, name }) => (
        <li key={id}>
          <a className="button" href={`/v1/session/oidc?${new URLSearchParams({ provider: id, ...query })}`}>
            {label(name)}
          </a>
        </li>
      ))}
    </ul>
  );
}
