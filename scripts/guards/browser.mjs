const matrix = 'apps/bff/src/http/guard.test.ts'
const answers = 'apps/bff/src/http/header-score.test.ts'
const http = 'apps/bff/src/http/http.test.ts'
const guard = 'apps/bff/src/http/guard.ts'
const cookie = 'apps/bff/src/session/cookie.ts'
const headers = 'apps/bff/src/http/security-headers.ts'

const ofCookie = (text, find, replace) => ({ guard: text, file: cookie, find, replace, test: answers, only: 'points for its cookie' })
const ofHeaders = (text, find, replace) => ({ guard: text, file: headers, find, replace, test: answers, only: 'same on every answer' })

/** What a browser can be made to do: each guard with its file, the text that holds, the text without it, and the test that misses it. */
export const guards = [
  { guard: 'A browser that says the request came from elsewhere is believed.', file: guard, find: "if (site !== undefined) return site === 'same-origin'", replace: "if (site === 'same-origin') return true", test: matrix },
  { guard: 'A sibling subdomain is not our own origin.', file: guard, find: "return site === 'same-origin'", replace: "return site !== 'cross-site'", test: 'e2e/hostile-pages.e2e.ts', only: 'sibling subdomain.*header of our own page' },
  { guard: 'Where the browser says nothing, the origin must be ours.', file: guard, find: 'return origin === publicOrigin', replace: 'return true', test: matrix },
  { guard: 'A write that tells nothing of where it comes from is refused.', file: guard, find: 'return isRead(request.method)', replace: 'return true', test: matrix },
  { guard: 'Every request carries the header that only our own page can set.', file: guard, find: 'if (!hasStaticHeader(request)) {', replace: 'if (request.method === "") {', test: matrix },
  { guard: 'A body is JSON, which no form can send.', file: guard, find: 'if (hasBody(request) && !isJson(request)) {', replace: 'if (request.method === "") {', test: matrix },

  ofCookie('The session cookie is never sent for another site.', "sameSite: 'strict'", "sameSite: 'none'"),
  ofCookie('No script can read the session cookie.', 'httpOnly: true', 'httpOnly: false'),
  ofCookie('The session cookie never travels in the clear.', "path: '/', secure }", "path: '/', secure: false }"),
  ofCookie('No sibling subdomain can set the session cookie.', "'__Host-refreshboard'", "'refreshboard-s'"),

  ofHeaders('Nothing is loaded that the policy does not name.', `defaultSrc: ["'none'"]`, `defaultSrc: ["'self'"]`),
  ofHeaders('No script runs but the files of the app.', `scriptSrc: ["'self'"]`, `scriptSrc: ["'self'", "'unsafe-inline'"]`),
  ofHeaders('No style applies but the files of the app and those with the nonce.', "`'nonce-${nonceOf(response)}'`", `"'unsafe-inline'"`),
  ofHeaders('The base of addresses cannot be moved.', `baseUri: ["'none'"],`, ''),
  ofHeaders('A form can be sent nowhere else.', `formAction: ["'self'"],`, ''),
  ofHeaders('No page shows the app in a frame.', `frameAncestors: ["'none'"],`, ''),
  ofHeaders('No page shows the app in a frame, in browsers without that policy.', "xFrameOptions: { action: 'deny' }", 'xFrameOptions: false'),
  {
    guard: 'Neither by the policy nor by the older header a page shows the app in a frame.',
    file: headers,
    find: 'helmet({',
    replace: '((options: Parameters<typeof helmet>[0]) => helmet({ ...options, contentSecurityPolicy: false, xFrameOptions: false }))({',
    test: 'e2e/hostile-windows.e2e.ts',
    only: 'in a frame',
  },
  ofHeaders('A window that another page opened is out of its reach.', "crossOriginOpenerPolicy: { policy: 'same-origin' }", "crossOriginOpenerPolicy: { policy: 'unsafe-none' }"),
  ofHeaders('No other origin can embed what the app answers.', "crossOriginResourcePolicy: { policy: 'same-origin' }", "crossOriginResourcePolicy: { policy: 'cross-origin' }"),
  ofHeaders('No address of the app is told to anybody.', "policy: 'no-referrer'", "policy: 'unsafe-url'"),
  ofHeaders('A browser that was here once comes back by https alone.', "publicOrigin.startsWith('https:')", "publicOrigin === ''"),
  ofHeaders('No answer is taken for another type than its own.', "referrerPolicy: {", 'xContentTypeOptions: false,\n    referrerPolicy: {'),
  { guard: 'Every answer has a nonce of its own.', file: headers, find: "randomBytes(16).toString('base64')", replace: "randomBytes(0).toString('base64').padEnd(22, 'A')", test: http, only: 'nonce of its own policy' },
  { guard: 'Every answer carries the protective headers.', file: 'apps/bff/src/app.ts', find: 'app.use(securityHeaders(options.publicOrigin))', replace: "app.use('/api', securityHeaders(options.publicOrigin))", test: answers },
  { guard: 'Nobody keeps what the API said.', file: 'apps/bff/src/http/no-store.ts', find: "'no-store'", replace: "'private'", test: http, only: 'same protection on every answer' },
  { guard: 'Nobody keeps the page, whose nonce is for once.', file: 'apps/bff/src/http/static-web.ts', find: "setHeader('cache-control', 'no-store')", replace: "setHeader('cache-control', 'no-cache')", test: http, only: 'nonce of its own policy' },
]
