export { chooseBackend, type BackendName } from './choose-backend.js';
