import { getInt } from '../attribute.js';
import type { Application } from '../shapes/application.js';
import { normaliseAxis } from '../shapes/normalise-axis.js';
import { onMatrix } from './on-matrix.js';
import { rewritten } from './rewritten.js';
import type { Upgrade } from './upgrade.js';

/** Before opset 13 Softmax and its kin took all axes from `axis` (by default 1) on for one. */
export const coercion: Upgrade = {
  since: 13,
  rewrite: old => {
    const axis = onlyAxis(old);
    if (axis !== undefined) return [rewritten(old.node, { set: { axis } })];
    const first = getInt(old.node, 'axis', 1);
    return onMatrix(rewritten(old.node, { set: { axis: -1 } }), first);
  },
};

/** The axis that is all that there is from `axis` on, but for axes of size 1; undefined where there are several. */
function onlyAxis({ node, inputs }: Application): number | undefined {
  const axis = getInt(node, 'axis', 1);
  const dims = inputs[0]?.dims;
  if (!dims) return axis === -1 ? axis : undefined;
  const first = normaliseAxis(axis, dims.length);
  const wide = dims.flatMap((size, i) => (i >= first && size !== 1 ? [i] : []));
  return wide.length > 1 ? undefined : (wide[0] ?? first);
}
