import type { Sessions } from './sessions.ts';

export interface GateRequest {
  method: string;
  /** The request target exactly as it was sent. */
  url: string;
  /** Names and values alternating, exactly as they were sent. */
  rawHeaders: readonly string[];
}

export type Route = 'session' | 'rpc' | 'upload' | 'file';

export type GateDecision =
  | { allow: true; route: Route; path: string }
  | { allow: false; status: number; message: string };

export interface GateOptions {
  port: number;
  sessions: Pick<Sessions, 'accepts'>;
}

/** Headers that decide about access; sent twice, two readers could see two different values. */
const single = ['host', 'origin', 'authorization', 'content-type', 'content-length', 'sec-fetch-site'] as const;

const refuse = (status: number, message: string): GateDecision => ({ allow: false, status, message });

const headersOf = (raw: readonly string[]): Map<string, string> | string => {
  const headers = new Map<string, string>();
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = (raw[index] ?? '').toLowerCase();
    if (headers.has(name) && single.some((header) => header === name)) return name;
    headers.set(name, raw[index + 1] ?? '');
  }
  return headers;
};

const routeOf = (path: string): Route => {
  if (path === '/session') return 'session';
  if (path.startsWith('/rpc/')) return 'rpc';
  if (path.startsWith('/upload/')) return 'upload';
  return 'file';
};

const methods: Record<Route, readonly string[]> = {
  session: ['POST'],
  rpc: ['POST'],
  upload: ['PUT'],
  file: ['GET', 'HEAD'],
};

const bodyTypes: Record<Route, RegExp | null> = {
  session: /^application\/json(; ?charset=utf-8)?$/i,
  rpc: /^application\/json(; ?charset=utf-8)?$/i,
  upload: /^application\/octet-stream$/i,
  file: null,
};

/**
 * The one decision before every route and upgrade. A page of another site cannot pass: it cannot choose Host (a
 * rebound name shows), Origin or Sec-Fetch-Site, and has no token. Files are public to this machine, nothing else is.
 */
export const createGate = ({ port, sessions }: GateOptions) => {
  const hosts = new Set([`127.0.0.1:${port}`, `localhost:${port}`]);
  return (request: GateRequest): GateDecision => {
    const headers = headersOf(request.rawHeaders);
    if (typeof headers === 'string') return refuse(400, `header sent twice: ${headers}`);
    const host = headers.get('host') ?? '';
    if (!hosts.has(host)) return refuse(421, 'host not served here');
    // Also refuses the absolute and the asterisk form of a target, and one that would name another authority.
    if (!/^\/(?!\/)[\x21-\x7e]*$/.test(request.url)) return refuse(400, 'request target not understood');
    const path = request.url.split(/[?#]/, 1)[0] ?? '/';
    const route = routeOf(path);

    const site = headers.get('sec-fetch-site');
    if (site !== undefined && site !== 'same-origin' && !(route === 'file' && site === 'none')) {
      return refuse(403, 'request of another site');
    }
    const origin = headers.get('origin');
    if (origin === undefined ? route !== 'file' : origin !== `http://${host}`) {
      return refuse(403, 'request of another origin');
    }
    if (!methods[route].includes(request.method)) return refuse(405, 'method not allowed');
    if (headers.has('upgrade')) return refuse(403, 'no upgrade is served');
    const bodyType = bodyTypes[route];
    if (bodyType && !bodyType.test(headers.get('content-type') ?? '')) return refuse(415, 'content type not accepted');
    if (route === 'rpc' || route === 'upload') {
      const token = /^Bearer ([A-Za-z0-9_-]{16,128})$/.exec(headers.get('authorization') ?? '')?.[1];
      if (!token || !sessions.accepts(token)) return refuse(401, 'session unknown: open the link the server printed');
    }
    return { allow: true, route, path };
  };
};
