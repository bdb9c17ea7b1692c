import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const main = (name: string) => `src/main/${name}.ts`;

export default defineConfig({
  main: {
    build: {
      // Packages stay outside the bundle: several are native, and the command line starts faster without parsing them all.
      externalizeDeps: true,
      rollupOptions: { input: { cli: main('cli'), desktop: main('desktop'), backend: main('backend') } },
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
    plugins: [react()],
    build: { rollupOptions: { input: 'src/renderer/index.html' } },
  },
});
