import { once } from 'node:events';
import net, { type AddressInfo } from 'node:net';

/** A TCP port of 127.0.0.1 that is free now. Another process may take it first: be ready to ask again. */
export async function freePort(): Promise<number> {
  const server = net.createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
