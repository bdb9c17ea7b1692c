import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import type { Plugin } from 'vite';

const bundled = [
  ...['zod', 'commander', 'yaml', 'pbf', '@duckdb/node-api'],
  ...['@orpc/client', '@orpc/contract', '@orpc/server'],
];

const main = (name: string) => `src/main/${name}.ts`;
const runner = (name: string) => `src/runner/${name}.ts`;

/** Compress once at build time what the loopback server would otherwise compress for every tab. */
const precompressed = (folder: string): Plugin => ({
  name: 'precompressed',
  apply: 'build',
  closeBundle() {
    for (const name of readdirSync(folder)) {
      if (!/\.(js|css|svg|json)$/.test(name)) continue;
      const path = join(folder, name);
      const content = readFileSync(path);
      if (content.length < 1400) continue;
      const quality = { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
      writeFileSync(`${path}.br`, brotliCompressSync(content, { params: quality }));
      writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
    }
  },
});

export default defineConfig({
  main: {
    build: {
      // Plain JavaScript is bundled: a command that reads a few files starts in half the time of one that looks for four hundred.
      // What brings a binary stays outside.
      externalizeDeps: { exclude: bundled },
      rollupOptions: {
        external: [/^@duckdb\/node-bindings/],
        input: {
          cli: main('cli'),
          serve: main('serve'),
          desktop: main('desktop'),
          backend: main('backend'),
          // Programs of their own, for a real Node: they share only chunks that need nothing of Electron.
          'runner-webgpu': runner('webgpu'),
          'runner-onnx': runner('onnx'),
        },
      },
    },
  },
  preload: {
    build: {
      // A sandboxed preload must be CommonJS and bring everything with it.
      externalizeDeps: false,
      rollupOptions: {
        input: { index: 'src/preload/index.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    plugins: [react(), precompressed('out/renderer/assets')],
    build: {
      rollupOptions: { input: 'src/renderer/index.html' },
      minify: true,
      // Inlined assets would be data: addresses, which the content security policy refuses for fonts and styles.
      assetsInlineLimit: 0,
    },
  },
});
