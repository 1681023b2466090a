import { PassThrough } from 'node:stream';
import type { Storage } from '@fairtake/storage';
import type { Request, Response } from 'express';
import { ObjectSender } from './object-sender';

const object = { storageKey: 'key', sizeBytes: 4, sha256: 'a', contentType: 'video/mp4' };

/** A reply half sent: the store's stream and the player's connection, to end either way. */
function halfSent() {
  const [stream, connection] = [new PassThrough(), new PassThrough()];
  const storage = { get: () => Promise.resolve({ stream }) } as unknown as Storage;
  const request = { method: 'GET', get: () => undefined } as unknown as Request;
  const response = Object.assign(connection, { set: () => undefined, setHeader: () => undefined });
  const sent = new ObjectSender(storage).send(object, request, response as unknown as Response);
  const begun = new Promise((resolve) => connection.once('data', resolve));
  stream.write('ab');
  return { stream, connection, begun, sent };
}

test('a store that fails in mid-segment is told, not taken for a player that went away', async () => {
  const { stream, begun, sent } = halfSent();
  await begun;
  stream.destroy(new Error('the disk is gone'));
  await expect(sent).rejects.toThrow('the disk is gone');
});

test('a player that goes away in mid-segment is nothing to tell', async () => {
  const { stream, connection, begun, sent } = halfSent();
  await begun;
  connection.destroy();
  await expect(sent).resolves.toBeUndefined();
  expect(stream.destroyed).toBe(true);
});
