import { serveCapture } from '@fairtake/capture/worker';

serveCapture();
