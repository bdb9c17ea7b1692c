/** What the desktop host decides, without Electron: the rules are tested where its binary is missing. */

/** A scheme of our own: no file:// page, no port on the network. */
export const appScheme = 'app';
export const appOrigin = 'app://driftbench';

/** Only pages of ours are ever loaded. */
export const isAppAddress = (address: string): boolean => {
  try {
    const { protocol, host, username, password, port } = new URL(address);
    return protocol === `${appScheme}:` && host === 'driftbench' && username === '' && password === '' && port === '';
  } catch {
    return false;
  }
};

/** Requests that leave the window: to our scheme, and to values inside the page. DevTools only where it is asked for. */
export const isRequestAllowed = (address: string, { devTools }: { devTools: boolean }): boolean =>
  isAppAddress(address) || /^(data|blob):/.test(address) || (devTools && address.startsWith('devtools:'));

export interface SenderFrame {
  /** Address of the frame that sent the message. */
  url: string;
  isMainFrame: boolean;
  /** Id of the web contents it belongs to. */
  contentsId: number;
}

/** Who may call the host: the main frame of a window of ours that shows a page of ours. */
export const isTrustedSender = (sender: SenderFrame | null, windows: ReadonlySet<number>): boolean => {
  if (sender === null) return false;
  return sender.isMainFrame && windows.has(sender.contentsId) && isAppAddress(sender.url);
};

export interface RestartBudget {
  /** True when one more restart is allowed at `nowMs`; it then counts. */
  take(nowMs: number): boolean;
}

/** At most `limit` restarts in any `spanMs`: a backend that dies at once must not spin. */
export const restartBudget = (limit = 3, spanMs = 60_000): RestartBudget => {
  let taken: number[] = [];
  return {
    take: (nowMs) => {
      taken = taken.filter((at) => nowMs - at < spanMs);
      if (taken.length >= limit) return false;
      taken.push(nowMs);
      return true;
    },
  };
};

/** Preferences of every window: sandboxed, isolated, no Node, no way out. */
export const windowPreferences = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  webviewTag: false,
  spellcheck: false,
  navigateOnDragDrop: false,
} as const;
