/** Lets the event loop turn once, so that whoever wants to stop a long task can say so. */
export const turn = (): Promise<void> => new Promise(resolve => setTimeout(resolve, 0));
