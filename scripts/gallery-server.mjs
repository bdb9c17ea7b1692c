import react from '@vitejs/plugin-react';
import { createServer } from 'vite';
import { say } from './fault.mjs';
import { at } from './places.mjs';

const host = '127.0.0.1';

// Drawn again as soon as a file is saved.
const gallery = await createServer({
  configFile: false,
  root: at('test/e2e/gallery'),
  cacheDir: at('node_modules/.vite-gallery'),
  plugins: [react()],
  logLevel: 'warn',
  server: { host, port: 47_812, fs: { allow: [at('.')] } },
});
await gallery.listen();
say(`gallery: http://${host}:${gallery.config.server.port}/`);
