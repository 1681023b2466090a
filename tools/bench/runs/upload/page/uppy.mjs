/* global crypto -- of the page */
import AwsS3 from '@uppy/aws-s3';
import Uppy from '@uppy/core';
import { handed, load, replay, wholeRecording } from './replay.mjs';

/** Everything not named here is as Uppy ships it. Its smallest part is S3's: 5 MiB. */
async function record({ mimeType, s3 }) {
  let stopAt = 0;
  await new Promise((resolve) => (stopAt = replay({ onPiece: () => undefined, onLast: resolve })));
  const uppy = new Uppy();
  let key = null;
  uppy.use(AwsS3, {
    shouldUseMultipart: true,
    s3Endpoint: `${location.origin}/${s3.bucket}`,
    region: s3.region,
    getCredentials: async () => ({
      credentials: {
        accessKeyId: s3.accessKeyId,
        secretAccessKey: s3.secretAccessKey,
        expiration: new Date(Date.now() + 3_600_000).toISOString(),
      },
      bucket: s3.bucket,
      region: s3.region,
    }),
    generateObjectKey: () => (key = `answer-${crypto.randomUUID()}.mp4`),
  });
  uppy.addFile({ name: 'answer.mp4', type: mimeType, data: wholeRecording(mimeType) });
  const { failed } = await uppy.upload();
  if (failed.length > 0) throw new Error(failed[0].error);
  return { key, tailMs: performance.now() - stopAt };
}

globalThis.bench = { load, handed, record, key: () => null };
