// hls.js ships no declarations for its light build, which has the same interface without subtitles, DRM and ads.
declare module 'hls.js/light' {
  export { default } from 'hls.js';
}
