import { crc32, deflateSync } from 'node:zlib'

const width = 300
const height = 200
const bars = 9

/** Paper, grid, and the two colours of the bars. */
const palettes: readonly Uint8Array[] = [
  [0x1f, 0x77, 0xb4, 0xff, 0x7f, 0x0e],
  [0x2c, 0xa0, 0x2c, 0x94, 0x67, 0xbd],
  [0xb5, 0x8a, 0x2a, 0x7f, 0x7f, 0x7f],
  [0x17, 0xbe, 0xcf, 0x8c, 0x56, 0x4b],
].map((colours) => Uint8Array.from([0xff, 0xff, 0xff, 0xe4, 0xe7, 0xeb, ...colours]))

/** A picture of a workbook, as a PNG of 300 × 200 px: bars whose heights and colours follow from its id. */
export const previewImage = (id: string): Uint8Array => {
  const digits = Array.from(id.replaceAll('-', ''), (digit) => parseInt(digit, 16) || 0)
  const digit = (index: number): number => digits[index % digits.length] ?? 0
  const heights = Array.from({ length: bars }, (_, bar) => 20 + digit(bar) * 10)
  // One byte for a row's filter (none), then one byte a pixel.
  const rows = Buffer.alloc((width + 1) * height)
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) rows[y * (width + 1) + 1 + x] = colourAt(x, height - 10 - y, heights, digit(bars))
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  // Eight bits a pixel, indices into the palette; compression, filter and interlace have the one value or none.
  header.set([8, 3, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('PLTE', palettes[digit(bars + 1) % palettes.length] ?? new Uint8Array(12)),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', new Uint8Array()),
  ])
}

/** An index into the palette, `y` counted from the base line upwards. */
const colourAt = (x: number, y: number, heights: readonly number[], highlighted: number): number => {
  const step = (width - 30) / bars
  const bar = Math.floor((x - 15) / step)
  const inBar = x >= 15 && (x - 15) % step < step * 0.7
  if (inBar && y >= 0 && y < (heights[bar] ?? 0)) return bar === highlighted % bars ? 3 : 2
  return y >= 0 && y % 40 === 0 ? 1 : 0
}

/** Length, type, data, and the CRC of the last two (PNG specification, § 5.3). */
const chunk = (type: string, data: Uint8Array): Buffer => {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const framed = Buffer.alloc(typed.length + 8)
  framed.writeUInt32BE(data.length, 0)
  typed.copy(framed, 4)
  framed.writeUInt32BE(crc32(typed), typed.length + 4)
  return framed
}
