import type { Config, Placement } from './layer-rule.js';

/** @throws where a layer takes its images as [N, H, W, C]. */
export function requireChannelsFirst({ dataFormat }: Config): void {
  if (dataFormat !== 'channelsFirst')
    throw new Error(
      `takes images as ${String(dataFormat)}; build it with dataFormat 'channelsFirst'`,
    );
}

/** Operators of the activations that a layer may end with, by TensorFlow.js's names. */
const operators: Readonly<Record<string, string | undefined>> = {
  relu: 'Relu',
  sigmoid: 'Sigmoid',
  softmax: 'Softmax',
  tanh: 'Tanh',
  elu: 'Elu',
  selu: 'Selu',
  softplus: 'Softplus',
  softsign: 'Softsign',
};

/**
 * Puts the activation of a configuration behind what `before` places under the name that it is given, or nothing
 * where it has none. @throws for an activation without a counterpart.
 */
export function activate(
  { activation }: Config,
  add: Placement['add'],
  output: string,
  before: (name?: string) => string,
): void {
  const name = typeof activation === 'string' ? activation : 'linear';
  if (name === 'linear') {
    const value = before();
    if (value !== output) add('Identity', [value]);
    return;
  }
  const operator = operators[name];
  if (!operator) throw new Error(`ends with '${name}', which is not exported`);
  add(operator, [before(`${output}/linear`)], operator === 'Softmax' ? { axis: -1 } : {});
}
