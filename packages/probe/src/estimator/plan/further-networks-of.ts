import { OptionError } from '@nads/linalg';
import { averagedAxes, operatorOf, splitTail } from '@nads/onnx';
import { centralPixels } from './central-pixels.js';
import type { EstimateOptions } from './estimate-options.js';
import type { FurtherNetworks } from './further-networks.js';
import type { PlanSettings } from './plan-settings.js';
import type { ProbedNetwork } from './probed-network.js';

/** At a sixteenth of the pixels these cost a quarter of the work. */
const usualCount = 4;

/** The convolutions come down to at least this many places in each direction, so that the middle is like the rest. */
const fewestPlaces = 4;

/**
 * Further networks for a network of convolutions whose features are means over all of space: all places
 * respond alike, so that the middle of the image tells of the rest.
 * @returns undefined where there are none, or none are wanted.
 * @throws OptionError where they are asked for and would not help, saying why.
 */
export function furtherNetworksOf(
  probed: ProbedNetwork,
  settings: PlanSettings,
  { further: wanted }: EstimateOptions,
): FurtherNetworks | undefined {
  if (wanted !== undefined && !(Number.isSafeInteger(wanted) && wanted >= 0))
    throw new OptionError('further', `${wanted} is not a whole number from 0 on`);
  if (wanted === 0) return undefined;
  const obstacle = obstacleOf(probed, settings);
  if (obstacle && wanted !== undefined)
    throw new OptionError('further', `${obstacle}; leave it out`);
  if (obstacle) return undefined;
  const directions = centralPixels(settings.shape, settings.probedChannels);
  return { count: wanted ?? usualCount, directions };
}

function obstacleOf(probed: ProbedNetwork, settings: PlanSettings): string | undefined {
  const { basis, head } = settings;
  if (basis !== 'pixels') return `there are some for single pixels only, not for ${basis}`;
  if (head.kind !== 'marginalised') return 'the last layer is not averaged over';
  if (splitTail(probed.network))
    return 'the layers after the last convolution tell the places of an image apart';
  const places = placesOf(probed);
  if (!places) return 'the features are not means over all of space';
  if (places.some(size => size < fewestPlaces))
    return `the features are means over ${places.join('×')} places, too few to be alike`;
  return undefined;
}

/** Height and width of the maps whose means over all of space the features are; undefined where they are something else. */
function placesOf({ network, inference }: ProbedNetwork): readonly number[] | undefined {
  const dimsOf = (name: string): readonly number[] => inference.get(name)?.dims ?? [];
  const { nodes, outputs } = network.graph;
  const last = nodes.findLast(one => operatorOf(one)?.averages);
  const maps = dimsOf(last?.inputs[0] ?? '');
  if (!last || maps.length !== 4) return undefined;
  const features = dimsOf(outputs[0].name).at(-1);
  const axes = averagedAxes(network, last, inference);
  const channels = axes.join() === '2,3' ? maps[1] : axes.join() === '1,2' ? maps[3] : undefined;
  return channels === features ? axes.map(axis => maps[axis]) : undefined;
}
