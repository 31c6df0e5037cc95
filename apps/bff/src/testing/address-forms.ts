/** Spellings of this machine, and of others where no visitor may be sent. */
const hosts = [
  '127.0.0.1', '127.1', '127.0.1', '127.0.0.1.', '2130706433', '0x7f000001', '0x7f.0.0.1', '017700000001', '0177.0.0.1', '0', '0.0.0.0', 'localhost', 'LOCALHOST', 'localhost.',
  '[::1]', '[::]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[0:0:0:0:0:ffff:7f00:0001]', '１２７.０.０.１', '127。0。0。1', 'ⓛⓞⓒⓐⓛⓗⓞⓢⓣ', '%31%32%37.0.0.1', 'xn--localhost', 'löcalhost',
]

/** Ways to write an address so that one reader takes it for harmless and another for this host. */
const around = (host: string): string[] => [
  `http://${host}/`,
  `//${host}`,
  `http://server@${host}/`,
  `https://${host}`,
]

const odd = (host: string): string[] => [
  host, `http:${host}`, `http:/${host}`, `http:///${host}`, `\\\\${host}`, `/\\${host}`, ` http://${host}`, `ht\ttp://${host}`, `http://${host}\r\nHost: evil.example`, `HTTP://${host}`,
  `http://server.example#@${host}/`, `http://server.example?@${host}/`, `http://server.example\\@${host}/`, `http://${host}@server.example/`, `http://server.example%00.${host}/`,
  `ftp://${host}/`, `gopher://${host}/_GET`, `ws://${host}/`, `dict://${host}/`, `jar:http://${host}!/`, `unix:/tmp/x:${host}`, `server=http://${host}`, `server,other=http://${host}`, `server@${host}`, `server/../${host}`,
  'file:///etc/passwd', 'data:text/html,x', 'javascript:alert(1)', 'http://169.254.169.254/latest/meta-data/', 'http://[fd00:ec2::254]/', 'http://metadata.google.internal/',
]

/** Addresses as somebody types them who wants the server to call another host; the first hosts are this machine at this port. */
export const addressForms = (port: number): string[] => [...hosts.flatMap((host) => around(`${host}:${port}`)), ...odd(`127.0.0.1:${port}`)]

/** What splits a request, a header, a path, a query or a filter in two where nobody looks. */
export const splittingTexts: readonly string[] = [
  'a\r\nX-Evil: 1', '\r\n\r\nGET /api/3.24/sites HTTP/1.1\r\nhost: x\r\n\r\n', 'a\nX-Evil: 1', '\u0000', 'a\u0000b', '#', '#/x', '?', '?x=1', '&pageSize=1', ';', ';x', ',', ',status:eq:Failed', '&filter=status:eq:Failed', ':', '[a]',
  '.', '..', '../..', '..\\..', '%2e%2e', '%2e%2e%2fsites', '%2f', '%5c', '%00', '%0d%0aX-Evil:%201', '．．', '／', '\u2028', '\u2029', '\u0085', '🚀', '{siteId}', '$&', '__proto__', 'constructor', ' ', '\t', '"><x/>', "'", '<!--', ']]>',
  'a'.repeat(3000),
]
