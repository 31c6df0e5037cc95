import { decryptSiteExtracts, encryptSiteExtracts, reencryptSiteExtracts, updateSite, type Resource } from '@refreshboard/api-types'
import { isUnderWay, useWrite, useWriteState } from '../../lib/writes.ts'

const touched: Resource[] = ['site', 'extracts', 'workbooks', 'datasources']

/** What is written to: one write to it at a time. */
export const siteTargets = { mode: 'site.update', encrypt: 'site.encryptExtracts', decrypt: 'site.decryptExtracts', reencrypt: 'site.reencryptExtracts' } as const
export type SiteWrite = keyof typeof siteTargets

export const useUpdateSite = () => useWrite(updateSite, [...touched])

/** All extracts of the site at once. */
export const useSiteExtracts = () => ({
  encrypt: useWrite(encryptSiteExtracts, [...touched]).mutateAsync,
  decrypt: useWrite(decryptSiteExtracts, [...touched]).mutateAsync,
  reencrypt: useWrite(reencryptSiteExtracts, [...touched]).mutateAsync,
})

/** Why nothing else can be asked of the site now; `undefined` when it can. */
export const useSiteBusy = (): string | undefined => {
  const states = [useWriteState(siteTargets.mode), useWriteState(siteTargets.encrypt), useWriteState(siteTargets.decrypt), useWriteState(siteTargets.reencrypt)]
  return states.some(isUnderWay) ? 'What was asked for before is still under way.' : undefined
}
