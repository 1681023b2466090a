/** What the pages of the first load need of the capture library, as one piece that is fetched later. */
export { createLevelMeter, openCapture, openDevices } from '@fairtake/capture';
