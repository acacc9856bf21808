const { TestEnvironment } = require('jest-environment-node');

const typedArrays = /** @type {const} */ ([
  'Float32Array',
  'Float64Array',
  'Int8Array',
  'Uint8Array',
  'Uint8ClampedArray',
  'Int16Array',
  'Uint16Array',
  'Int32Array',
  'Uint32Array',
  'BigInt64Array',
  'BigUint64Array',
  'ArrayBuffer',
  'SharedArrayBuffer',
]);

/** Native modules compare constructors by identity, so tests must see the outer realm's typed arrays. */
module.exports = class OuterRealmEnvironment extends TestEnvironment {
  /** @param {ConstructorParameters<typeof TestEnvironment>} given */
  constructor(...given) {
    super(...given);
    const outer = typedArrays.map(name => [name, globalThis[name]]);
    Object.assign(this.global, Object.fromEntries(outer));
  }
};
