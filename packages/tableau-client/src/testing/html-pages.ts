import * as fc from 'fast-check'

const reply = '<tsResponse xmlns="http://tableau.com/api"><error code="401002"><summary>a</summary><detail>b</detail></error></tsResponse>'

const page = fc.record({
  prolog: fc.constantFrom('', '<!DOCTYPE html>', '<!doctype html>\n', '<?xml version="1.0" encoding="UTF-8"?>\n', '<!-- served by a proxy -->', '\n\n', '\uFEFF', '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">'),
  attributes: fc.constantFrom('', ' lang="en"', ' xmlns="http://www.w3.org/1999/xhtml"', ' xmlns="http://tableau.com/api"', ' xmlns:t="http://tableau.com/api"'),
  root: fc.constantFrom('html', 'HTML', 'body', 'center', 'error', 'div', 'Error'),
  title: fc.constantFrom('502 Bad Gateway', 'Sign in', '401 Authorization Required', 'Tableau Server', 'Object moved', 'Just a moment…', '403 Forbidden'),
  content: fc.constantFrom(
    '<h1>502 Bad Gateway</h1><hr/><center>nginx</center>',
    '<form method="post" action="/login"><input name="user"/><input name="password" type="password"/></form>',
    '<p>Object moved to <a href="https://login.example/">here</a>.</p>',
    '<script>location = "/vizportal";</script>',
    '<br><p>Not well formed<br>at all',
    '<error code="401002"><summary>Unauthorized</summary><detail>x</detail></error>',
    '<backgroundJobs><backgroundJob id="1" status="Success" jobType="a" createdAt="2018-05-22T13:00:29Z"/></backgroundJobs>',
    reply,
    '&nbsp;&copy; 2024',
    '',
  ),
  end: fc.constantFrom('', '\n', '<!-- a padding to disable friendly error pages -->', reply),
  closed: fc.boolean(),
})

/** Pages as gateways, login forms and single-page apps answer them, well-formed or not, some with a reply inside. */
export const htmlPages = (count: number, seed: number): string[] => [
  ...new Set(
    fc
      .sample(page, { numRuns: count * 2, seed })
      .map(
        ({ prolog, attributes, root, title, content, end, closed }) =>
          `${prolog}<${root}${attributes}><head><title>${title}</title></head><body>${content}${closed ? `</body></${root}>` : ''}${end}`,
      ),
  ),
].slice(0, count)
