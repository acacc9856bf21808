import type { Upgrade } from './upgrade.js';

/** Of an operator whose form before an opset has no equal later. */
export const ended = (since: number): Upgrade => ({
  since,
  rewrite: () => {
    throw new Error('later opsets do not have this operator');
  },
});
