import { fillSymmetric, uniformScheme, type Scheme } from './scheme.js';

/**
 * PyTorch's default for convolutions and linear layers: kaiming_uniform with a = √5, which is
 * U(±1/√fan_in), for the bias too (torch.nn.modules.conv, linear: reset_parameters).
 */
export const pytorch: Scheme = {
  ...uniformScheme('pytorch', ({ fanIn }) => 1 / (3 * fanIn)),
  bias: (out, { fanIn }, random) => fillSymmetric(out, 1 / Math.sqrt(fanIn), random),
};
