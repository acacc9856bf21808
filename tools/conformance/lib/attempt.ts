import { messageOf } from './message-of.ts';

/** What an action gives, or why it failed. */
export type Attempt<T> = { readonly value: T } | { readonly problem: string };

/** Never throws: the first line of an error's message comes back as the problem. */
export async function attempt<T>(action: () => T | Promise<T>): Promise<Attempt<T>> {
  try {
    return { value: await action() };
  } catch (error) {
    return { problem: messageOf(error) };
  }
}
