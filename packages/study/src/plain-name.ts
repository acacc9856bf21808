/** The name of a file in a folder, not of one elsewhere. */
export const plainName = /^(?!\.{1,2}$)[^/\\]+$/;
