import type { Runtime, Session, SessionOptions, Value, Values } from './session.js';

/** Sessions whose first run is compared whatever they are of: those of the first network among them, whole or in parts. */
const mostCompared = 16;

/**
 * How far floating-point outputs may be from those of the reference, as a share of the largest: rounding in single precision comes to 10⁻⁶ or so, where convolutions are
 * transformed to 10⁻⁵, and products with ten bits (TF32) or in half precision to 10⁻³.
 */
const mostDifferent = 1e-4;

/**
 * A runtime whose first sessions are compared with a reference, and after them the first one of every further kind, by the names of inputs
 * and outputs: a derivative may come after many passes forward. The first run of each is done by both.
 * @returns a runtime that throws where they do not agree as far as single precision goes, with the difference
 */
export function comparedRuntime(runtime: Runtime, reference: Runtime): Runtime {
  let compared = 0;
  const kinds = new Set<string>();
  return {
    get name() {
      return runtime.name;
    },
    slowDoubles: runtime.slowDoubles,
    slowSessions: runtime.slowSessions,
    async createSession(model, options) {
      const session = await runtime.createSession(model, options);
      const kind = JSON.stringify([session.inputs, session.outputs]);
      if (compared >= mostCompared && kinds.has(kind)) return session;
      compared++;
      kinds.add(kind);
      return comparedSession(session, () => outputsOf(reference, model, options), [
        runtime.name,
        reference.name,
      ]);
    },
  };

  function comparedSession(
    session: Session,
    expected: () => (inputs: Values) => Promise<Values>,
    names: readonly [string, string],
  ): Session {
    let isFirst = true;
    return {
      inputs: session.inputs,
      outputs: session.outputs,
      release: () => session.release(),
      discard: outputs => session.discard?.(outputs),
      async run(inputs) {
        const found = await session.run(inputs);
        if (isFirst) {
          isFirst = false;
          requireAlike(found, await expected()(inputs), names);
        }
        return found;
      },
    };
  }
}

const outputsOf =
  (reference: Runtime, model: Uint8Array, options?: SessionOptions) =>
  async (inputs: Values): Promise<Values> => {
    const session = await reference.createSession(model, options);
    try {
      return await session.run(inputs);
    } finally {
      await session.release();
    }
  };

function requireAlike(
  found: Values,
  expected: Values,
  [name, reference]: readonly [string, string],
): void {
  for (const [output, value] of Object.entries(expected)) {
    const difference = differenceOf(found[output], value);
    if (difference <= mostDifferent) continue;
    throw new Error(
      `${name} does not compute what ${reference} does: output '${output}' differs by ${difference.toExponential(1)} of the largest, more than ${mostDifferent} that single precision explains; use another provider`,
    );
  }
}

/** The largest difference as a share of the largest number that is expected; NaN only where NaN is expected, infinities as they are. */
function differenceOf(found: Value | undefined, expected: Value): number {
  if (!found || found.data.length !== expected.data.length) return Infinity;
  let [largest, most] = [0, 0];
  for (let i = 0; i < expected.data.length; i++) {
    const [a, b] = [Number(found.data[i]), Number(expected.data[i])];
    if (Object.is(a, b) || a === b) {
      if (Number.isFinite(b)) largest = Math.max(largest, Math.abs(b));
      continue;
    }
    if (!Number.isFinite(a) || !Number.isFinite(b)) return Infinity;
    largest = Math.max(largest, Math.abs(b));
    most = Math.max(most, Math.abs(a - b));
  }
  return most === 0 ? 0 : most / largest;
}
