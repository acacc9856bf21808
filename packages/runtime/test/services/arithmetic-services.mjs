const wait = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds));

/** Services that need no model. */
export const services = {
  add: async () => ({
    prepare:
      async (addend, { signal }) =>
      async ({ value, milliseconds = 0 }) => {
        await wait(milliseconds);
        signal.throwIfAborted();
        if (value < 0) throw new Error(`negative: ${value}`);
        return value + addend;
      },
  }),
  forever: async () => ({
    prepare:
      async (setup, { signal }) =>
      async () => {
        for (;;) {
          await wait(1);
          signal.throwIfAborted();
        }
      },
  }),
  broken: async () => ({
    prepare: async () => {
      throw new Error('no such setup');
    },
  }),
  dies: async () => ({
    prepare: async () => async () => {
      setTimeout(() => {
        throw new Error('this thread is gone');
      }, 0);
      await wait(10_000);
    },
  }),
};
