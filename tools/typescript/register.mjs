import { register } from 'node:module';

// Loaded with `node --import` before a script. Worker threads inherit it, which tsx's hooks do not manage on Node 20.
register('./load.mjs', import.meta.url);
process.setSourceMapsEnabled(true);
