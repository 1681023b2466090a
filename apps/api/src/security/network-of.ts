import { isIPv6 } from 'node:net';

/**
 * What limits count an address as. One customer of an IPv6 provider has a /64 at least, 2^64 addresses to try from, so
 * its first four groups stand for all of them; IPv4, also when written inside IPv6, counts by itself.
 */
export function networkOf(address: string): string {
  const plain = address.split('%')[0]!.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '');
  if (!isIPv6(plain)) return plain;
  const [head, tail] = plain.split('::').map(groupsOf) as [string[], string[]?];
  const gap = tail ? Array<string>(8 - head.length - tail.length).fill('0') : [];
  const groups = [...head, ...gap, ...(tail ?? [])].slice(0, 4);
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
}

/** The last two groups may be written as IPv4; their value never matters, their number does. */
const groupsOf = (part: string): string[] =>
  part
    .split(':')
    .filter((group) => group !== '')
    .flatMap((group) => (group.includes('.') ? ['0', '0'] : [group]));
