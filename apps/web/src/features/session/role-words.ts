/** `SiteAdministratorExplorer` → `Site administrator explorer`; an unknown role is told the same way. */
export const roleWords = (siteRole: string): string => {
  const words = siteRole.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}
