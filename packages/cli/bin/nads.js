#!/usr/bin/env node
import { existsSync } from 'node:fs';

const main = new URL('../bundle/main.js', import.meta.url);
if (!existsSync(main)) {
  console.error('nads: not built yet; run `npm run build` in the repository');
  process.exit(2);
}
await (await import(main.href)).main(process.argv);
