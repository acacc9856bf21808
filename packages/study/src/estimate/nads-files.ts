/** Files of directions and of what is known of them. */
export const nadsFiles = { npz: 'nads.npz', json: 'nads.json' } as const;

/** The same of an estimate that is not done; they are there as long as it is not. */
export const soFarFiles = { npz: 'so-far.npz', json: 'so-far.json' } as const;
