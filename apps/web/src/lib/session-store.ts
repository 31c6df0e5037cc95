import type { Session } from '@refreshboard/api-types'
import type { SessionEndCode } from './api-error.ts'
import { createStore, useStore } from './store.ts'

/** Why nobody is signed in any more. */
export type EndCause = 'here' | 'elsewhere'

export type SessionState =
  /** Not asked yet. */
  | { status: 'unknown' }
  | { status: 'signed-out'; cause?: EndCause }
  | { status: 'live'; session: Session }
  /** The session ended in mid-work: the page stays, a dialog asks to sign in again. */
  | { status: 'dead'; session: Session; code: SessionEndCode }

const store = createStore<SessionState>({ status: 'unknown' })
const identityStore = createStore('0')
let identities = 0

const known = (state: SessionState): Session | undefined =>
  state.status === 'live' || state.status === 'dead' ? state.session : undefined

/** What other tabs are told; they share the cookie. */
type Message = { kind: 'started'; principal: string } | { kind: 'ended' }

const isMessage = (data: unknown): data is Message =>
  typeof data === 'object' && data !== null && 'kind' in data && (data.kind === 'ended' || (data.kind === 'started' && 'principal' in data))

const channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('refreshboard-session')

const tellOtherTabs = (message: Message): void => {
  // A channel reaches pages of this origin only: it has no target to name, unlike a window.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  channel?.postMessage(message)
}

const changeIdentity = (): void => {
  identities += 1
  identityStore.set(String(identities))
}

/** Prefix of every query key: changes with the identity, so nobody is shown another one's figures. */
export const identity = (): string => identityStore.get()

/** Runs whenever the identity changes; the cache is emptied there. */
export const onIdentityChange = identityStore.subscribe

export const sessionState = (): SessionState => store.get()

/** Who, where, as one tag: what has to be equal for cached figures and open forms to stay. */
export const principal = (): string | undefined => known(store.get())?.principal

/**
 * Another identity rules the cookie now: nothing of the old one stays on the page, and nothing more is asked under it. The page
 * begins anew.
 */
export const identityTaken = (): void => {
  changeIdentity()
  store.set({ status: 'unknown' })
  location.reload()
}

/** A session is there: by sign-in, by switching the site, or found at load. */
export const sessionStarted = (session: Session, { tell = true }: { tell?: boolean } = {}): void => {
  if (principal() !== session.principal) changeIdentity()
  store.set({ status: 'live', session })
  if (tell) tellOtherTabs({ kind: 'started', principal: session.principal })
}

/** A call found the session dead. */
export const sessionDied = (code: SessionEndCode): void => {
  const state = store.get()
  if (state.status === 'live') store.set({ status: 'dead', session: state.session, code })
}

/** Signed out on purpose, here or in another tab: everything of this identity goes. */
export const sessionEnded = (cause?: EndCause): void => {
  changeIdentity()
  store.set({ status: 'signed-out', ...(cause === undefined ? {} : { cause }) })
  if (cause === 'here') tellOtherTabs({ kind: 'ended' })
}

/** Follows what other tabs do. `reload` asks the BFF who is signed in now. */
export const followOtherTabs = (reload: () => void): (() => void) => {
  const listen = (event: MessageEvent<unknown>) => {
    if (!isMessage(event.data)) return
    const state = store.get()
    if (event.data.kind === 'ended') {
      if (state.status !== 'signed-out') sessionEnded('elsewhere')
      return
    }
    const mine = principal()
    if (mine !== undefined && mine !== event.data.principal) identityTaken()
    else if (state.status !== 'live') reload()
  }
  channel?.addEventListener('message', listen)
  return () => channel?.removeEventListener('message', listen)
}

export const useSessionState = (): SessionState => useStore(store)

export const useIdentity = (): string => useStore(identityStore)

/** Who is signed in; only below the shell, which shows nothing without a session. */
export const useSession = (): Session => {
  const session = known(useStore(store))
  if (session === undefined) throw new Error('useSession needs a session')
  return session
}

/** False while the sign-in dialog is up: nothing is asked in the meantime. */
export const useIsLive = (): boolean => useStore(store).status === 'live'

/** For tests: as after loading the page. */
export const resetSession = (): void => {
  changeIdentity()
  store.set({ status: 'unknown' })
}
