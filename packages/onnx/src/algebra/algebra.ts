import { type DataType, codeOf } from '../data-type.js';
import { limits } from '../limits.js';
import { Builder, isStatic, type Dims, type Value } from './builder.js';

/** A value, or a number of the type of the other operand. */
export type Operand = Value | number;

/** Builds formulas: operators of ONNX as functions of values, in the form that the model's opset asks for. */
export class Algebra extends Builder {
  add = (a: Operand, b: Operand): Value => this.binary('Add', a, b);
  sub = (a: Operand, b: Operand): Value => this.binary('Sub', a, b);
  mul = (a: Operand, b: Operand): Value => this.binary('Mul', a, b);
  div = (a: Operand, b: Operand): Value => this.binary('Div', a, b);
  pow = (a: Value, b: Operand): Value => this.binary('Pow', a, b);
  square = (x: Value): Value => this.mul(x, x);

  /** The sum of one value or more, by nodes of so many operands that runtimes take them. */
  sum(terms: readonly Value[]): Value {
    if (terms.length > limits.operands) return this.sum(this.partialSums(terms));
    return terms.length > 2 ? this.op('Sum', terms) : terms.reduce(this.add);
  }

  neg = (x: Value): Value => this.op('Neg', [x]);
  abs = (x: Value): Value => this.op('Abs', [x]);
  sign = (x: Value): Value => this.op('Sign', [x]);
  exp = (x: Value): Value => this.op('Exp', [x]);
  log = (x: Value): Value => this.op('Log', [x]);
  sqrt = (x: Value): Value => this.op('Sqrt', [x]);
  sin = (x: Value): Value => this.op('Sin', [x]);
  cos = (x: Value): Value => this.op('Cos', [x]);
  sigmoid = (x: Value): Value => this.op('Sigmoid', [x]);
  tanh = (x: Value): Value => this.op('Tanh', [x]);
  erf = (x: Value): Value => this.op('Erf', [x]);

  greater = (a: Operand, b: Operand): Value => this.binary('Greater', a, b);
  less = (a: Operand, b: Operand): Value => this.binary('Less', a, b);
  equal = (a: Operand, b: Operand): Value => this.binary('Equal', a, b);
  and = (a: Value, b: Value): Value => this.op('And', [a, b]);
  not = (a: Value): Value => this.op('Not', [a]);

  /** a where the condition holds, else b; one of the two is a value. */
  where = (condition: Value, a: Operand, b: Operand): Value =>
    this.op('Where', [condition, ...this.operands(a, b)]);

  /** One number where the condition holds, else another; both of the type of a value. */
  choose = (condition: Value, a: number, b: number, like: Value): Value =>
    this.op('Where', [condition, this.scalar(a, like), this.scalar(b, like)]);

  /** The value where the condition holds, else 0. */
  masked = (condition: Value, x: Value): Value => this.where(condition, x, 0);

  /** The value in the type of another. */
  castLike(x: Value, like: Value): Value {
    return this.cast(x, this.type(like));
  }

  cast(x: Value, type: DataType): Value {
    return this.type(x) === type ? x : this.op('Cast', [x], { to: codeOf(type) });
  }

  /** Σx over axes, which stay with size 1 or go. */
  reduceSum(x: Value, axes: readonly number[], keepdims = true): Value {
    if (axes.length === 0) return x;
    return this.op('ReduceSum', [x, this.integers(axes)], { keepdims: keepdims ? 1 : 0 });
  }

  /** Σx over all axes: a scalar. */
  total = (x: Value): Value => this.op('ReduceSum', [x], { keepdims: 0 });

  /** The mean over axes, which stay with size 1. */
  reduceMean = (x: Value, axes: readonly number[]): Value => this.reduce('ReduceMean', x, axes);

  /** The largest element over axes, which stay with size 1. */
  reduceMax = (x: Value, axes: readonly number[]): Value => this.reduce('ReduceMax', x, axes);

  /** The product over axes, which stay with size 1. */
  reduceProd = (x: Value, axes: readonly number[]): Value => this.reduce('ReduceProd', x, axes);

  /** The same elements under the dims of another value. */
  reshapeLike(x: Value, like: Value): Value {
    if (this.sameDims(x, like)) return x;
    const dims = this.dims(like);
    const open = dims.filter(size => size === undefined).length;
    if (open > 1 || dims.includes(0)) return this.op('Reshape', [x, this.shape(like)]);
    return this.reshape(x, dims);
  }

  /** The same elements under other dims, of which one may vary with the batch. */
  reshape(x: Value, dims: Dims): Value {
    const own = this.dims(x);
    if (isStatic(own) && isStatic(dims) && String(own) === String(dims)) return x;
    return this.op('Reshape', [x, this.integers(dims.map(size => size ?? -1))]);
  }

  /** Stretches axes of size 1 to the dims of another value. */
  expandLike(x: Value, like: Value): Value {
    if (this.sameDims(x, like)) return x;
    const first = this.dims(like).length - this.dims(x).length;
    // a size that is right already may stand as 1, since the stretch goes both ways
    const there = this.dims(like).map((size, axis) =>
      axis >= first && this.sameSize(x, axis - first, like, axis) ? 1 : size,
    );
    return this.op('Expand', [x, isStatic(there) ? this.integers(there) : this.shape(like)]);
  }

  /** Takes back what broadcasting did: sums over the axes along which a value of other dims was stretched. */
  unbroadcast(x: Value, like: Value): Value {
    const dims = this.dims(like);
    const own = this.dims(x);
    const first = own.length - dims.length;
    const stretched = own.flatMap((size, axis) =>
      axis < first || (dims[axis - first] === 1 && size !== 1) ? [axis] : [],
    );
    if (stretched.length === 0) return x;
    if (stretched.every(axis => axis < first)) return this.reduceSum(x, stretched, false);
    return this.reshapeLike(this.reduceSum(x, stretched), like);
  }

  /** Elements along some axes together: a number where no size varies, else a scalar of the value's type. */
  count(x: Value, axes: readonly number[]): Operand {
    const sizes: Dims = axes.map(axis => this.dims(x)[axis]);
    if (isStatic(sizes)) return sizes.reduce((product, size) => product * size, 1);
    const chosen = this.op('Gather', [this.shape(x), this.integers(axes)]);
    return this.castLike(this.op('ReduceProd', [chosen], { keepdims: 0 }), x);
  }

  transpose(x: Value, order: readonly number[]): Value {
    return order.every((axis, i) => axis === i) ? x : this.op('Transpose', [x], { perm: order });
  }

  /** The last two axes exchanged. */
  transposeMatrices(x: Value): Value {
    const rank = this.dims(x).length;
    const order = Array.from({ length: rank }, (_, axis) => axis);
    return this.transpose(x, [...order.slice(0, -2), rank - 1, rank - 2]);
  }

  matMul = (a: Value, b: Value): Value => this.op('MatMul', [a, b]);

  concat = (values: readonly Value[], axis: number): Value =>
    values.length === 1 ? values[0] : this.op('Concat', values, { axis });

  /** Elements from `start` up to `end` in steps, along some axes. */
  slice(
    x: Value,
    axes: readonly number[],
    start: readonly number[],
    end: readonly number[],
    steps: readonly number[] = axes.map(() => 1),
  ): Value {
    return this.op('Slice', [x, ...[start, end, axes, steps].map(list => this.integers(list))]);
  }

  /** Zeros, or other elements, before and after every axis; negative numbers cut off. */
  pad(x: Value, begin: readonly number[], end: readonly number[], element = 0): Value {
    if ([...begin, ...end].every(count => count === 0)) return x;
    const what = element === 0 ? [] : [this.scalar(element, x)];
    return this.op('Pad', [x, this.integers([...begin, ...end]), ...what]);
  }

  /** Zeros of the dims and type of a value. */
  zerosLike(x: Value): Value {
    const dims = this.dims(x);
    if (isStatic(dims)) return this.op('Expand', [this.scalar(0, x), this.integers(dims)]);
    return this.op('Expand', [this.scalar(0, x), this.shape(x)]);
  }

  private partialSums(terms: readonly Value[]): Value[] {
    const sums: Value[] = [];
    for (let at = 0; at < terms.length; at += limits.operands)
      sums.push(this.sum(terms.slice(at, at + limits.operands)));
    return sums;
  }

  private reduce(operator: string, x: Value, axes: readonly number[]): Value {
    if (this.opset < 18) return this.op(operator, [x], { axes });
    return this.op(operator, [x, this.integers(axes)]);
  }

  private binary(operator: string, a: Operand, b: Operand): Value {
    return this.op(operator, this.operands(a, b));
  }

  private operands(a: Operand, b: Operand): readonly [Value, Value] {
    if (typeof a === 'string') return [a, typeof b === 'string' ? b : this.scalar(b, a)];
    if (typeof b === 'string') return [this.scalar(a, b), b];
    throw new Error('an operation of two numbers needs no graph');
  }
}
