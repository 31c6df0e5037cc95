import { tableauServerSchema } from '@refreshboard/api-types'
import { describe, expect, it } from 'vitest'
import { isCloudHost, parsePastedAddress, serverOf, siteInWords } from './pasted-address.ts'

const host = 'tableau.example.com'

describe('a pasted address', () => {
  it.each([
    ['https://tableau.example.com/#/site/finance/home', { host, site: 'finance' }],
    ['https://tableau.example.com/#/site/finance', { host, site: 'finance' }],
    ['https://tableau.example.com/#/site/finance/views/Sales/Overview?:iid=1', { host, site: 'finance' }],
    ['https://tableau.example.com/t/finance/views/Sales/Overview', { host, site: 'finance' }],
    ['https://tableau.example.com/t/finance', { host, site: 'finance' }],
    ['https://tableau.example.com/#/home', { host, site: '' }],
    ['https://tableau.example.com/views/Sales/Overview', { host, site: '' }],
    ['https://tableau.example.com', { host, site: '' }],
    ['  HTTPS://Tableau.Example.COM/#/site/Fin_2-b/jobs  ', { host, site: 'Fin_2-b' }],
    ['tableau.example.com/#/site/finance/home', { host, site: 'finance' }],
    ['tableau.example.com', { host, site: '' }],
    ['http://127.0.0.1:8850/#/site/finance/home', { host: '127.0.0.1:8850', site: 'finance' }],
    ['https://tableau.example.com:443/t/finance/', { host, site: 'finance' }],
    ['https://user:secret@tableau.example.com/t/finance', { host, site: 'finance' }],
    ['https://tableau.example.com/t/a%2Fb/x', { host, site: 'a/b' }],
    ['https://tableau.example.com/t/%E0%A4%A/x', { host, site: '%E0%A4%A' }],
  ])('%s', (text, expected) => {
    expect(parsePastedAddress(text)).toEqual(expected)
  })

  it.each([['finance'], [''], ['Fin_2-b'], ['ftp://tableau.example.com/t/x'], ['javascript://x/#/site/y'], ['https://'], ['//']])('%j is none', (text) => {
    expect(parsePastedAddress(text)).toBeUndefined()
  })

  it('is said in words', () => {
    expect(siteInWords({ host, site: 'finance' })).toBe('site “finance” on tableau.example.com')
    expect(siteInWords({ host, site: '' })).toBe('the Default site on tableau.example.com')
  })

  it('finds its server by host and port', () => {
    const servers = [tableauServerSchema.parse({ id: 'a', host: 'Tableau.example.com' }), tableauServerSchema.parse({ id: 'b', host: '127.0.0.1:8850' })]
    expect(serverOf({ host, site: '' }, servers)?.id).toBe('a')
    expect(serverOf({ host: '127.0.0.1:8850', site: '' }, servers)?.id).toBe('b')
    expect(serverOf({ host: '127.0.0.1', site: '' }, servers)).toBeUndefined()
  })

  it('knows Tableau Cloud by its domain', () => {
    expect(isCloudHost('10ax.online.tableau.com')).toBe(true)
    expect(isCloudHost('online.tableau.com.example.com')).toBe(false)
  })
})
