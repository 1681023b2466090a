/** The worker's half, apart from the page's: a worker script needs nothing of the recorders. */
export { serveCapture } from './sending/serve-capture';
