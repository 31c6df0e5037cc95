import { setNonce } from 'get-nonce'

const placeholder = '__CSP_NONCE__'

/** The nonce that the BFF put into this page, for the styles that Mantine adds at run time. */
export const styleNonce = (): string => {
  const content = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? ''
  return content === placeholder ? '' : content
}

/** Tells it to the scroll lock of dialogs, which adds a style of its own. */
export const shareStyleNonce = (): void => {
  const nonce = styleNonce()
  if (nonce !== '') setNonce(nonce)
}
