import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import type { Plugin } from 'vite';

const main = (name: string) => `src/main/${name}.ts`;

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
      // Packages stay outside the bundle: several are native, and the command line starts faster without parsing them all.
      externalizeDeps: true,
      rollupOptions: {
        input: {
          cli: main('cli'),
          serve: main('serve'),
          desktop: main('desktop'),
          backend: main('backend'),
          // Not a part of any of these: a program of its own, for a real Node.
          'runner-onnx': 'src/runner/onnx.ts',
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
    // Pages have addresses of their own: a relative base would look for the assets below them.
    base: '/',
    plugins: [react(), precompressed('out/renderer/assets')],
    build: {
      rollupOptions: { input: 'src/renderer/index.html' },
      minify: true,
      // Inlined assets would be data: addresses, which the content security policy refuses for fonts and styles.
      assetsInlineLimit: 0,
    },
  },
});
