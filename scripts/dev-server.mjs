import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import react from '@vitejs/plugin-react';
import { createServer } from 'vite';
import { say } from './fault.mjs';
import { at } from './places.mjs';

const host = '127.0.0.1';
const backendPort = 47_810;
const windowPort = 47_811;
const backend = `http://${host}:${backendPort}`;
const here = `http://${host}:${windowPort}`;

/** The server's gate accepts its own origin only; a request of the page served here is one of its own. */
function asOwn(proxy) {
  proxy.on('proxyReq', (outgoing, incoming) => {
    if (incoming.headers.origin === here) outgoing.setHeader('origin', backend);
  });
}

/** A restarted backend knows no session, so the page is handed the key of a new one and loads again. */
const handOver = {
  name: 'driftbench-hand-over',
  resolveId: (id) => (id === '/@hand-over' ? id : null),
  load: (id) =>
    id === '/@hand-over'
      ? "import.meta.hot.on('driftbench:key', ({ key }) => { location.hash = 'key=' + key; location.reload(); });"
      : null,
  transformIndexHtml: () => [{ tag: 'script', attrs: { type: 'module', src: '/@hand-over' }, injectTo: 'head' }],
};

const window = await createServer({
  configFile: false,
  root: at('src/renderer'),
  cacheDir: at('node_modules/.vite'),
  plugins: [react(), handOver],
  logLevel: 'warn',
  server: {
    host,
    port: windowPort,
    strictPort: true,
    proxy: Object.fromEntries(
      ['/session', '/rpc', '/upload'].map((path) => [path, { target: backend, changeOrigin: true, configure: asOwn }]),
    ),
  },
});
await window.listen();

// Node runs the sources as they are and starts again when one of them changes.
const server = spawn(
  process.execPath,
  [
    '--watch',
    '--watch-preserve-output',
    at('src/main/cli.ts'),
    ...process.argv.slice(2),
    'serve',
    '--no-open',
    '--port',
    String(backendPort),
  ],
  { stdio: ['ignore', 'pipe', 'inherit'] },
);
createInterface({ input: server.stdout }).on('line', (line) => {
  const key = line.match(/#key=(\S+)/)?.[1];
  if (!key) return process.stdout.write(`${line}\n`);
  const open = window.ws.clients.size;
  if (open > 0) window.ws.send('driftbench:key', { key });
  else process.stdout.write(`${here}/#key=${key}\n`);
});
const stop = async () => {
  server.kill();
  await window.close();
};
server.on('exit', stop);
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, stop);
say('window and backend follow the sources; stop with Ctrl-C');
