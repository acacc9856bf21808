// what a page may do: run its own code and WebAssembly, nothing that is made from text
const policy =
  "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self' ws:";
const headers = { 'Content-Security-Policy': policy };

export default {
  optimizeDeps: { exclude: ['onnxruntime-web'] }, // it finds its WebAssembly beside itself
  build: { target: 'es2023', modulePreload: { polyfill: false } },
  server: { headers },
  preview: { headers },
};
