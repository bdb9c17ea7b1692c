import { WorkbenchError } from '../../shared/errors.ts';

const storageKey = 'driftbench.token';
const keyPattern = /^#key=([A-Za-z0-9_-]{16,128})$/;

export const storedToken = (): string | null => sessionStorage.getItem(storageKey);

export const forgetToken = (): void => sessionStorage.removeItem(storageKey);

const noLink = () =>
  new WorkbenchError('UNAUTHORISED', 'this tab has no session: open the link that driftbench serve printed');

/**
 * The token of this tab: kept over reloads, or exchanged for the one-time key in the address.
 * Throws UNAUTHORISED when there is neither, or when the key was used before.
 */
export const openSession = async (): Promise<void> => {
  const key = keyPattern.exec(location.hash)?.[1];
  if (!key) {
    if (storedToken()) return;
    throw noLink();
  }
  // The key leaves the address before anything else: it must not reach history, a bookmark or a screenshot.
  history.replaceState(null, '', location.pathname + location.search);
  const response = await fetch('/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ key }),
    credentials: 'omit',
    cache: 'no-store',
  });
  if (response.ok) {
    const { token } = (await response.json()) as { token: string };
    sessionStorage.setItem(storageKey, token);
    return;
  }
  if (storedToken()) return;
  throw new WorkbenchError(
    'UNAUTHORISED',
    'this link was used before: press Enter in the terminal of driftbench serve for a new one',
  );
};
