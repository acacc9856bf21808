import { mkdirSync, readdirSync } from 'node:fs';
import { start, temporaryFolder } from './run-nads.js';

const folder = temporaryFolder();
afterAll(folder.remove);

test('nothing is left in the home folder', async () => {
  const home = folder.path('home');
  mkdirSync(home);
  const places = { HOME: home, XDG_CACHE_HOME: home, XDG_CONFIG_HOME: home };
  const args = ['estimate', 'logistic-regression', '-n', '1', '-o', folder.path('out'), '-q'];
  const { code } = await start(args, { ...places, ORT_DISABLE_TELEMETRY: undefined }).outcome;
  expect(code).toBe(0);
  expect(readdirSync(home)).toEqual([]);
});
