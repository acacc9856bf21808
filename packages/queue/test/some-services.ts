import { service, type Services } from '@nads/runtime';

/** What tests let workers do. */
export interface SomeSetup {
  readonly factor: number;
  readonly weights: Float32Array;
}

/** A task: a number, or what goes wrong. */
export type SomeTask = number | { readonly throw: string };

/** Services that need no network. */
export const someServices: Services = {
  scaled: service<SomeSetup, SomeTask, Float64Array>(async () => ({
    prepare:
      async ({ factor, weights }) =>
      async task => {
        if (typeof task !== 'number') throw new Error(task.throw);
        return Float64Array.from(weights, weight => weight * factor * task);
      },
  })),
  large: service<number, number, Uint8Array>(async () => ({
    prepare: async bytes => async task => new Uint8Array(bytes).fill(task),
  })),
};
