/** An angle in degrees, from radians. */
export const degrees = (radians: number): number => (radians * 180) / Math.PI;
