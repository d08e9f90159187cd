// Secrets in a link's fragment: a guest's key and an invitation's token. They leave the address at once, so that neither the history,
// a bookmark nor a screenshot keeps them, and stay for this browser tab.

const places = {
  '/guest': { storage: 'fairway.guest', form: /^fw_\S+$/ },
  '/invitation': { storage: 'fairway.invitation', form: /^\S+$/ },
} as const;

type Place = keyof typeof places;

function take(): boolean {
  const place = places[location.pathname as Place];
  if (place === undefined || location.hash.length < 2) return false;
  const secret = location.hash.slice(1);
  history.replaceState(null, '', location.pathname);
  // A fragment that is no secret (the page's own "#main") changes nothing.
  if (secret === 'main' || !place.form.test(secret)) return false;
  sessionStorage.setItem(place.storage, secret);
  return true;
}

// Before the first page is drawn; and later, where another link is opened on the same page.
export function takeFragment(): void {
  take();
  window.addEventListener('hashchange', () => {
    if (take()) location.reload();
  });
}

export function keptSecret(place: Place): string | null {
  return sessionStorage.getItem(places[place].storage);
}

export function forgetSecret(place: Place): void {
  sessionStorage.removeItem(places[place].storage);
}
