import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** One entry of OUTGOING_ALLOW, understood. */
export type Allowed = { host: string } | { network: [ipaddr.IPv4 | ipaddr.IPv6, number] };

/**
 * Understands one entry of OUTGOING_ALLOW: an address (10.1.2.3), a network (10.0.0.0/8, fd00::/8) or a host name.
 * @throws Error saying what was expected and found.
 */
export function parseAllowed(text: string): Allowed {
  if (ipaddr.isValidCIDR(text)) return { network: ipaddr.parseCIDR(text) };
  if (isIP(text) !== 0) {
    const address = ipaddr.parse(text);
    return { network: [address, address.kind() === 'ipv4' ? 32 : 128] };
  }
  if (/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/i.test(text)) return { host: text.toLowerCase() };
  throw new Error(
    `Expected an address (10.1.2.3), a network (10.0.0.0/8) or a host name (hooks.intranet), found ${JSON.stringify(text)}.`,
  );
}

/** True when this host name itself is allowed, whatever it resolves to. */
export function isAllowedHost(host: string, allow: readonly Allowed[]): boolean {
  return allow.some((one) => 'host' in one && one.host === host.toLowerCase());
}

/**
 * May the program connect to this address? Only to what the public internet routes: private, loopback, link-local
 * (where clouds keep their metadata), carrier-grade NAT, unique-local, multicast, documentation and translated ranges
 * are refused, unless `allow` names them. An IPv4 address dressed as IPv6 is judged by what is inside.
 */
export function mayConnect(address: string, allow: readonly Allowed[]): boolean {
  if (!ipaddr.isValid(address)) return false;
  const plain = ipaddr.process(address);
  if (allow.some((one) => 'network' in one && inNetwork(plain, one.network))) return true;
  return plain.range() === 'unicast';
}

function inNetwork(address: ipaddr.IPv4 | ipaddr.IPv6, [network, bits]: [ipaddr.IPv4 | ipaddr.IPv6, number]): boolean {
  return address.kind() === network.kind() && address.match(network, bits);
}
