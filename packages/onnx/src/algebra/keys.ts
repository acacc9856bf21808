import type { Attribute, Node } from '../graph.js';
import type { Tensor } from '../tensor.js';

/** Larger tensors are not looked into. */
const largest = 1 << 12;

/** Nodes of the same key compute the same, unless their operator is random; undefined where that cannot be told. */
export function keyOfNode({ operator, domain, inputs, outputs, attributes }: Node) {
  const settings = [...attributes].map(([name, value]) => [name, keyOfAttribute(value)]);
  if (settings.some(([, key]) => key === undefined)) return undefined;
  const sorted = settings.map(setting => setting.join('=')).toSorted();
  return `${domain}:${operator}(${inputs.join(',')})[${sorted.join(',')}]${outputs.length}`;
}

/** Tensors of the same key are the same; undefined where that cannot be told. */
export function keyOfTensor({ type, dims, data }: Tensor): string | undefined {
  if (data.length > largest) return undefined;
  return `${type}[${dims}]${exactText(data)}`;
}

/** Of numbers their bits: −0 is not 0. */
function exactText(data: Tensor['data']): string {
  if (!ArrayBuffer.isView(data)) return data.map(bytes => `${bytes.length}:${bytes.join()}`).join();
  const { buffer, byteOffset, byteLength } = data;
  const isWhole = byteOffset % 4 === 0 && byteLength % 4 === 0;
  return isWhole
    ? new Uint32Array(buffer, byteOffset, byteLength / 4).join()
    : new Uint8Array(buffer, byteOffset, byteLength).join();
}

function keyOfAttribute(attribute: Attribute): string | undefined {
  switch (attribute.type) {
    case 'float':
    case 'int':
    case 'string':
    case 'floats':
    case 'ints':
      return `${attribute.type}:${String(attribute.value)}`;
    case 'tensor':
      return keyOfTensor(attribute.value);
    default:
      return undefined;
  }
}
