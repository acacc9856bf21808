export type { SavedContext } from './saved-context.js';
export { savedPictures } from './saved-pictures.js';
