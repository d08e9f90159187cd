// SHA-256 of the browser's own cryptography. Calls are asynchronous; callers that have many start them side by side.

export const canHash = () => globalThis.crypto?.subtle !== undefined;

export async function sha256(bytes) {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}
