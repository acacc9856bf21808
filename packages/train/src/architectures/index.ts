import { cellNetwork } from '../cells/cell-network.js';
import { cellPrefix, parseCell } from '../cells/cell.js';
import type { Architecture } from './architecture.js';
import { densenet121 } from './densenet121.js';
import { lenet } from './lenet.js';
import { logReg } from './log-reg.js';
import { piNet, piNetRelu } from './pi-net.js';
import { piResnet18, piResnet18Relu } from './pi-resnet18.js';
import { resnet18 } from './resnet18.js';
import { resnet20 } from './resnet20.js';
import { resnet8 } from './resnet8.js';
import { cnn, nslCifar, nslCifarStatic, nslDynamic, nslStatic } from './similarity-network.js';
import { vgg11, vgg11Bn } from './vgg11.js';

export type { Architecture, Sizes } from './architecture.js';

/** All networks that are defined here. */
export const architectures: readonly Architecture[] = [
  logReg,
  lenet,
  vgg11,
  vgg11Bn,
  resnet8,
  resnet20,
  resnet18,
  densenet121,
  piNet,
  piNetRelu,
  piResnet18,
  piResnet18Relu,
  cnn,
  nslStatic,
  nslDynamic,
  nslCifarStatic,
  nslCifar,
];

/** The architecture of a name, or of `cell:` and a cell of NAS-Bench-201. @throws where there is none, listing those there are. */
export function architectureOf(name: string): Architecture {
  if (name.startsWith(cellPrefix)) return cellNetwork(parseCell(name.slice(cellPrefix.length)));
  const found = architectures.find(one => one.name === name);
  if (found) return found;
  const names = architectures.map(one => one.name);
  throw new Error(
    `unknown architecture '${name}'; expected one of ${names.join(', ')}, or ${cellPrefix} and a cell of NAS-Bench-201`,
  );
}
