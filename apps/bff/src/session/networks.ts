import { isIPv4, isIPv6 } from 'node:net'

/** Some proxies write a port behind the address. */
const withoutPort = (text: string): string => /^\[(.+)\](?::\d+)?$/.exec(text)?.[1] ?? /^([\d.]+):\d+$/.exec(text)?.[1] ?? text

/** The eight numbers of an IPv6 address. */
const groupsOf = (address: string): number[] => {
  const [head = '', tail = ''] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::')
  const left = head.split(':').filter((group) => group !== '')
  const right = tail.split(':').filter((group) => group !== '')
  const between = Array.from({ length: 8 - left.length - right.length }, () => '0')
  return [...left, ...between, ...right].map((group) => Number.parseInt(group, 16))
}

/**
 * The network of an address: one customer's worth of addresses counts as one, a /24 of IPv4 and a /56 of IPv6. What is no
 * address is all one network, so that nobody gets a new one by writing nonsense.
 */
export const networkOf = (address: string): string => {
  const plain = withoutPort(address.trim()).split('%', 1)[0] ?? ''
  if (isIPv4(plain)) return plain.split('.').slice(0, 3).join('.')
  if (!isIPv6(plain)) return 'unknown'
  const [first = 0, second = 0, third = 0, fourth = 0, fifth = 0, sixth = 0, high = 0, low = 0] = groupsOf(plain)
  const isMapped = sixth === 0xff_ff && [first, second, third, fourth, fifth].every((group) => group === 0)
  if (isMapped) return [high >> 8, high & 0xff, low >> 8].join('.')
  return [first, second, third, fourth & 0xff_00].map((group) => group.toString(16)).join(':')
}
