// Worker code for the tests of web workers: a thread of Node with what a web worker has in its global scope.
import { parentPort } from 'node:worker_threads';
import { serve } from '@nads/runtime/web-workers';
import { services } from './arithmetic-services.mjs';

globalThis.postMessage = (message, transfer) => parentPort.postMessage(message, transfer);
globalThis.addEventListener = (type, listener) => parentPort.on(type, data => listener({ data }));
serve(services, { name: 'none' });
