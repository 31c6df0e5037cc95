import { connect } from 'node:net'

/** Sends bytes as they are; resolves with everything that came back until the connection ended, however it ended. */
export const rawRequest = (port: number, bytes: string): Promise<string> =>
  new Promise((resolve) => {
    let received = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes, 'latin1'))
    socket.setEncoding('latin1')
    socket.on('data', (chunk: string) => (received += chunk))
    // A reset is an end as well.
    socket.on('error', () => undefined)
    socket.on('close', () => resolve(received))
  })

/** The status lines in what came back. */
export const statusesIn = (received: string): number[] => [...received.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map((match) => Number(match[1]))
