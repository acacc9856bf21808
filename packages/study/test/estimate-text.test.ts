import { nodeRuntime as runtime } from '@nads/runtime/node';
import { estimate, estimateSummary, estimateText, type EstimateSettings } from '../src/index.js';
import { network } from './small-models.js';

async function textOf(settings: EstimateSettings): Promise<string> {
  const result = await estimate(network(), { networks: 8, ...settings }, { runtime });
  const { eigenvalues, standardErrors } = result.directions;
  return estimateText(estimateSummary(result), eigenvalues, standardErrors).join('\n');
}

test('NADs are counted among those that the basis has, not among those of all images', async () => {
  expect(await textOf({})).toMatch(/^NADs +\d+ of 16 above/m);
  expect(await textOf({ basis: 'dct:2' })).toMatch(/^NADs +\d+ of 4 above/m);
});
