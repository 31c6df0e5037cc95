import { describe, expect, it } from 'vitest'
import { XmlWriteError } from '../xml/writer.ts'
import { answer, fixture, thrownBy } from '../testing/answer.ts'
import { siteId, userId } from '../testing/ids.ts'
import { currentSession, signIn, signOut, switchSite } from './auth.ts'

describe('Sign In', () => {
  it.each([
    [
      { site: '', credentials: { method: 'password', name: 'ada', password: 'p"<&>\n' } as const },
      '<tsRequest><credentials name="ada" password="p&quot;&lt;&amp;>&#xA;"><site contentUrl=""/></credentials></tsRequest>',
    ],
    [
      { site: 'finance', credentials: { method: 'pat', personalAccessTokenName: 'ci', personalAccessTokenSecret: 'a/b==:c' } as const },
      '<tsRequest><credentials personalAccessTokenName="ci" personalAccessTokenSecret="a/b==:c"><site contentUrl="finance"/></credentials></tsRequest>',
    ],
  ])('%# is written without a namespace', (input, xml) => {
    expect(signIn.encode(input)).toStrictEqual({ body: xml })
  })

  it('needs API 3.6 for a personal access token only', () => {
    const pat = { method: 'pat', personalAccessTokenName: 'ci', personalAccessTokenSecret: 's' } as const
    expect(signIn.sinceFor?.({ site: '', credentials: pat })).toBe('3.6')
    expect(signIn.sinceFor?.({ site: '', credentials: { method: 'password', name: 'a', password: 'b' } })).toBe('2.0')
  })

  it('names the field that XML cannot hold, and never its value', () => {
    const error = thrownBy(() => signIn.encode({ site: '', credentials: { method: 'password', name: 'a', password: 'secret\u0000' } }))
    expect(error).toBeInstanceOf(XmlWriteError)
    expect(error).toMatchObject({ field: 'credentials@password' })
    expect(String(error)).not.toContain('secret')
  })

  it('reads the reply of a current server', () => {
    expect(answer(signIn, fixture('auth/signed-in')).value).toStrictEqual({
      token: '12ab34cd56ef78ab90cd12ef34ab56cd|qX9pL0zVt3|1edc53ac-e247-4870-9fd3-6fad0ce5f84d',
      site: { id: siteId, contentUrl: '' },
      userId,
      expiresInMs: ((173 * 60 + 21) * 60 + 12) * 1000,
    })
  })

  it('reads the reply of a server that does not estimate', () => {
    expect(answer(signIn, fixture('auth/signed-in-without-expiry')).value).toStrictEqual({
      token: '12ab34cd56ef78ab90cd12ef34ab56cd',
      site: { id: siteId, contentUrl: 'finance' },
      userId,
    })
  })

  it.each([
    ['token', 'token="12&#13;&#10;X-Evil: 1"', 'token of <credentials> is not fit for a header'],
    ['token', '', '<credentials> has no attribute token'],
    ['token', 'token=""', 'token of <credentials> is not fit for a header'],
    ['id', 'id="../../sites"', 'id of <site> is not a Tableau id'],
  ])('refuses a reply whose %s is %s', (attribute, wrong, reason) => {
    const reply = fixture('auth/signed-in').toString().replace(new RegExp(`\\b${attribute}="[^"]*"`), wrong)
    const error = thrownBy(() => answer(signIn, Buffer.from(reply)))
    expect(error).toMatchObject({ name: 'TableauProtocolError', reason })
    expect(String(error)).not.toMatch(/12ab|Evil/)
  })
})

describe('the other methods of a session', () => {
  it('writes Switch Site', () => {
    expect(switchSite.encode({ site: 'finance' })).toStrictEqual({ body: '<tsRequest><site contentUrl="finance"/></tsRequest>' })
    expect(answer(switchSite, fixture('auth/signed-in-without-expiry')).value.site.contentUrl).toBe('finance')
  })

  it('takes an empty reply to Sign Out', () => {
    expect(signOut.encode({})).toStrictEqual({})
    expect(answer(signOut, Buffer.alloc(0), { status: 204 }).value).toBeUndefined()
  })

  it('reads Get Current Server Session', () => {
    expect(answer(currentSession, fixture('auth/current-session')).value).toStrictEqual({
      site: { id: siteId, contentUrl: '', name: 'Default' },
      user: { id: userId, name: 'admin' },
    })
  })

  it.each([
    ['refused', '401001'],
    ['no-token', '401000'],
    ['token-dead', '401002'],
  ])('gives %s its code', (name, code) => {
    expect(thrownBy(() => answer(signIn, fixture(`auth/${name}`), { status: 401 }))).toMatchObject({ code, httpStatus: 401 })
  })

  it('gives a switch to the site in use its code', () => {
    expect(thrownBy(() => answer(switchSite, fixture('auth/already-on-site'), { status: 403 }))).toMatchObject({ code: '403070' })
  })
})
