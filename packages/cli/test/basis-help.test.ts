import { kinds } from '@nads/basis';
import { basisHelp } from '../src/commands/basis-help.js';

test('help names every kind of basis', () => {
  for (const { usage } of kinds.values()) expect(basisHelp).toContain(usage);
});
