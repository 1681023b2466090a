import { seedDemo } from './demo/seed/seed.mjs';

const { PUBLIC_URL, PORT = '3000', DATA_DIR = '.data', FFMPEG_PATH = 'ffmpeg' } = process.env;

await seedDemo({
  // Always this machine, whatever name the installation has outside.
  url: PUBLIC_URL?.startsWith('http://localhost') ? PUBLIC_URL : `http://localhost:${PORT}`,
  dataDirectory: DATA_DIR,
  ffmpeg: FFMPEG_PATH,
  say: (text) => console.log(text),
});
