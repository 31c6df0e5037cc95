import { describe, expect, it } from 'vitest'
import { networkOf } from './networks.ts'

describe('the network of an address', () => {
  it.each([
    ['10.1.2.3', '10.1.2'],
    ['10.1.2.3:51234', '10.1.2'],
    ['::ffff:10.1.2.3', '10.1.2'],
    ['::ffff:a01:203', '10.1.2'],
    ['2001:db8:1:2203:4:5:6:7', '2001:db8:1:2200'],
    ['[2001:db8:1:2203::7]:443', '2001:db8:1:2200'],
    ['2001:db8:1:22ff::', '2001:db8:1:2200'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['2001:db8::ffff:ffff:ffff:ffff', '2001:db8:0:0'],
    ['2001:DB8:0:5::1', '2001:db8:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
    ['::1', '0:0:0:0'],
    ['nonsense', 'unknown'],
    ['10.1.2', 'unknown'],
    ['', 'unknown'],
  ])('%s is in %s', (address, network) => {
    expect(networkOf(address)).toBe(network)
  })
})
