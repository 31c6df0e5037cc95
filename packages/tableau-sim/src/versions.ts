/**
 * Product releases by REST API version. Read somewhere: 2.2, 2.3, 2.8, 3.8, 3.15, 3.16, 3.17, 3.21, 3.24, 3.25, 3.28, 3.29;
 * the others by the regular step of one version a release.
 */
const products = {
  '2.3': ['10.0', '10000.16.0705.1200'],
  '2.4': ['10.1', '10100.16.1024.2100'],
  '2.5': ['10.2', '10200.17.0223.1918'],
  '2.6': ['10.3', '10300.17.0530.2246'],
  '2.7': ['10.4', '10400.17.0914.0836'],
  '2.8': ['10.5', '10500.18.0110.0143'],
  '3.0': ['2018.1', '20181.18.0416.1535'],
  '3.1': ['2018.2', '20182.18.0731.0906'],
  '3.2': ['2018.3', '20183.18.1018.1932'],
  '3.3': ['2019.1', '20191.19.0206.1612'],
  '3.4': ['2019.2', '20192.19.0515.1724'],
  '3.5': ['2019.3', '20193.19.0911.1619'],
  '3.6': ['2019.4', '20194.19.1105.2258'],
  '3.7': ['2020.1', '20201.20.0211.1749'],
  '3.8': ['2020.2', '20202.20.0508.0911'],
  '3.9': ['2020.3', '20203.20.0807.2057'],
  '3.10': ['2020.4', '20204.20.1207.1448'],
  '3.11': ['2021.1', '20211.21.0320.1853'],
  '3.12': ['2021.2', '20212.21.0617.1133'],
  '3.13': ['2021.3', '20213.21.0907.1456'],
  '3.14': ['2021.3.1', '20213.21.1012.1203'],
  '3.15': ['2021.4', '20214.21.1202.1525'],
  '3.16': ['2022.1', '20221.22.0312.1011'],
  '3.17': ['2022.3', '20223.22.1005.1835'],
  '3.18': ['2022.4', '20224.22.1207.1014'],
  '3.19': ['2023.1', '20231.23.0310.1045'],
  '3.20': ['2023.1.4', '20231.23.0710.1332'],
  '3.21': ['2023.3', '20233.23.1017.0948'],
  '3.22': ['2024.1', '20241.24.0312.0830'],
  '3.23': ['2024.2', '20242.24.0613.1930'],
  '3.24': ['2024.2.2', '20242.24.0807.0327'],
  '3.25': ['2025.1', '20251.25.0311.1115'],
  '3.26': ['2025.2', '20252.25.0617.0903'],
  '3.27': ['2025.3', '20253.25.1014.1310'],
  '3.28': ['2026.1', '20261.26.0310.1024'],
  '3.29': ['2026.2', '20262.26.0616.1152'],
} as const satisfies Record<string, readonly [string, string]>

export type ApiVersion = keyof typeof products

export const apiVersions: readonly string[] = Object.keys(products)
export const defaultApiVersion = '3.24'

export const isApiVersion = (text: string): text is ApiVersion => Object.hasOwn(products, text)

export const productOf = (version: ApiVersion): { productVersion: string; build: string } => {
  const [productVersion, build] = products[version]
  return { productVersion, build }
}

/** Versions are pairs of whole numbers: 3.9 is older than 3.10. */
export const isAtLeast = (version: string, since: string): boolean => {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [sinceMajor = 0, sinceMinor = 0] = since.split('.').map(Number)
  return major > sinceMajor || (major === sinceMajor && minor >= sinceMinor)
}

/** Whether a server of that version answers a path with this one: 2.0 up to its own, without gaps in between. */
export const isServed = (pathVersion: string, serverVersion: string): boolean => {
  const [, major, minor] = /^([23])\.(0|[1-9]\d?)$/.exec(pathVersion) ?? []
  if (major === undefined || minor === undefined) return false
  if (major === '2' && Number(minor) > 8) return false
  return isAtLeast(serverVersion, pathVersion)
}

/** From 3.8 on and until 3.15: later servers answer its requests and do nothing (§ Get Data Acceleration Tasks in a Site). */
export const hasDataAcceleration = (version: string): boolean => isAtLeast(version, '3.8') && !isAtLeast(version, '3.16')
