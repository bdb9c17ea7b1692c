import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Readable } from 'node:stream';
import type { AnyRouter } from '@orpc/server';
import { WorkbenchError } from '../../shared/errors.ts';
import { faultOf } from '../../shared/fault.ts';
import { hardeningHeaders } from './content-security.ts';
import { createGate } from './gate.ts';
import { type FileSource, sendFile } from './pages.ts';
import type { RpcRoute } from './rpc-route.ts';
import type { Sessions } from './sessions.ts';

export interface LoopbackOptions {
  /** 0: any free port. */
  port: number;
  /** Asked for at the first call, so that the services load after the page is served. */
  router(): Promise<AnyRouter> | AnyRouter;
  sessions: Sessions;
  files: FileSource;
  newNonce(): string;
  receiveUpload?(uploadId: string, path: string, source: Readable): Promise<void>;
  onDefect?(error: unknown): void;
}

export interface Loopback {
  origin: string;
  port: number;
  close(): Promise<void>;
}

const maxRpcBytes = 4 * 1024 * 1024;
const maxKeyBytes = 1024;

/** The body an RPC client of ours reads an error from. */
const sendFault = (response: ServerResponse, status: number, code: string, message: string): void => {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  // The rest of a refused body is not worth reading.
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store', connection: 'close' });
  response.end(JSON.stringify({ json: { defined: false, code, status, message, data: { details: {} } }, meta: [] }));
};

const readText = async (request: IncomingMessage, limit: number): Promise<string> => {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > limit) throw new WorkbenchError('BAD_INPUT', `request body too large: more than ${limit} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
};

const keyOf = (text: string): string => {
  try {
    const { key } = JSON.parse(text) as { key?: unknown };
    return typeof key === 'string' ? key : '';
  } catch {
    return '';
  }
};

const uploadTarget = (path: string): [string, string] => {
  const [, , uploadId = '', ...rest] = path.split('/');
  try {
    return [uploadId, rest.map(decodeURIComponent).join('/')];
  } catch {
    throw new WorkbenchError('BAD_INPUT', 'file name is not encoded as an address');
  }
};

/** The same workbench for a browser on this machine: 127.0.0.1 only, one gate before every route and upgrade. */
export const startLoopback = async (options: LoopbackOptions): Promise<Loopback> => {
  const { sessions, files, onDefect = () => undefined } = options;
  let calls: Promise<RpcRoute> | undefined;
  const loadCalls = async (): Promise<RpcRoute> => {
    const [{ rpcRoute }, router] = await Promise.all([import('./rpc-route.ts'), options.router()]);
    return rpcRoute(router, onDefect);
  };

  const answerRpc = async (request: IncomingMessage, response: ServerResponse, path: string) => {
    if (Number(request.headers['content-length'] ?? 0) > maxRpcBytes) {
      return sendFault(response, 413, 'BAD_INPUT', `request body too large: more than ${maxRpcBytes} bytes`);
    }
    calls ??= loadCalls();
    const route = await calls;
    response.setHeader('cache-control', 'no-store');
    const matched = await route(request, response);
    if (!matched) sendFault(response, 404, 'NOT_FOUND', `unknown procedure: ${path.slice('/rpc/'.length)}`);
  };

  const answerSession = async (request: IncomingMessage, response: ServerResponse) => {
    const token = sessions.exchange(keyOf(await readText(request, maxKeyBytes)));
    if (token === null) return sendFault(response, 401, 'UNAUTHORISED', 'key unknown or used before');
    response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' });
    response.end(JSON.stringify({ token }));
  };

  const answerUpload = async (request: IncomingMessage, response: ServerResponse, path: string) => {
    if (!options.receiveUpload) return sendFault(response, 404, 'NOT_FOUND', 'uploads are not served');
    await options.receiveUpload(...uploadTarget(path), request);
    response.writeHead(204, { 'cache-control': 'no-store' }).end();
  };

  let gate: ReturnType<typeof createGate>;
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    for (const [name, value] of Object.entries(hardeningHeaders)) response.setHeader(name, value);
    const { method = '', url = '', rawHeaders } = request;
    const decision = gate({ method, url, rawHeaders });
    if (!decision.allow) {
      const code = decision.status === 401 ? 'UNAUTHORISED' : 'BAD_INPUT';
      return sendFault(response, decision.status, code, decision.message);
    }
    const { route, path } = decision;
    if (route === 'rpc') return answerRpc(request, response, path);
    if (route === 'session') return answerSession(request, response);
    if (route === 'upload') return answerUpload(request, response, path);
    return sendFile(files, request, response, path, options.newNonce());
  };

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      const { code, message } = faultOf(error);
      const gone = request.destroyed && !request.complete;
      if (code === 'DEFECT' && !gone) onDefect(error);
      const status = { BAD_INPUT: 400, NOT_FOUND: 404, UNAVAILABLE: 507 }[code as string] ?? 500;
      sendFault(response, status, code, message);
    });
  });
  // Uploads of several GB take their time; a slow head does not.
  server.requestTimeout = 0;
  server.headersTimeout = 60_000;
  refuseEverythingElse(server);

  const port = await listen(server, options.port);
  gate = createGate({ port, sessions });
  return {
    origin: `http://127.0.0.1:${port}`,
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

/** Malformed requests, upgrades and tunnels end here, with a line of HTTP and a closed socket. */
const refuseEverythingElse = (server: Server): void => {
  const end = (socket: Pick<Socket, 'writable' | 'end' | 'destroy' | 'on'>, line: string) => {
    socket.on('error', () => socket.destroy());
    if (socket.writable) socket.end(`HTTP/1.1 ${line}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
    else socket.destroy();
  };
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    // A browser opens sockets ahead of need: a status line on one that timed out would answer the request it sends next.
    if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT') socket.destroy();
    else end(socket as Socket, '400 Bad Request');
  });
  server.on('upgrade', (_request, socket) => end(socket as Socket, '403 Forbidden'));
  server.on('connect', (_request, socket) => end(socket as Socket, '403 Forbidden'));
};

const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const reason = error.code === 'EADDRINUSE' ? 'port is in use' : 'port cannot be used';
      reject(new WorkbenchError('BAD_INPUT', `${reason}: ${port}`));
    });
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => resolve((server.address() as AddressInfo).port));
  });
