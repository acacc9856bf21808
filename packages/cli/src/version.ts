/** The version of the command and of its packages. */
export const version = '0.1.0';
