export { chooseBackend } from './choose-backend.js';
