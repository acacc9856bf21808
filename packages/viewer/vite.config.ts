import { defaultClientConditions, defineConfig } from 'vite';

/** What a page needs to share memory between its threads. */
const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

export default defineConfig({
  base: './', // works from any folder of a host
  resolve: { conditions: ['@nads/source', ...defaultClientConditions] },
  worker: { format: 'es' },
  build: {
    target: 'es2023',
    reportCompressedSize: false,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  optimizeDeps: { exclude: ['onnxruntime-web'] }, // it finds its WebAssembly beside itself
  server: { headers: isolation },
  preview: { headers: isolation },
});
