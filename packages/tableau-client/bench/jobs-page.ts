/** A page of Query Jobs as a current server writes it, as bytes; 1,000 rows are about 300 KB. */
export const jobsPage = (rows: number): Uint8Array => {
  const types = ['refresh_extracts', 'increment_extracts', 'run_flow', 'subscription_notify']
  const statuses = ['Success', 'Failed', 'Cancelled', 'InProgress', 'Pending']
  const at = (seconds: number): string => `${new Date(Date.UTC(2024, 4, 1) + seconds * 1000).toISOString().slice(0, 19)}Z`
  const row = (index: number): string => {
    const id = `${(index * 2_654_435_761).toString(16).padStart(8, '0').slice(-8)}-25db-4a2b-9611-${index.toString(16).padStart(12, '0')}`
    const started = index * 37
    return (
      `<backgroundJob id="${id}" status="${statuses[index % 5] ?? ''}" createdAt="${at(started)}" startedAt="${at(started + 4)}" ` +
      `endedAt="${at(started + 60)}" priority="${1 + (index % 100)}" jobType="${types[index % 4] ?? ''}" ` +
      `title="Sales &amp; Marketing ${index} – Süd" subtitle="Workbook"/>`
    )
  }
  const list = Array.from({ length: rows }, (_none, index) => row(index)).join('')
  return Buffer.from(
    `<?xml version='1.0' encoding='UTF-8'?><tsResponse xmlns="http://tableau.com/api" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" ` +
      `xsi:schemaLocation="http://tableau.com/api https://help.tableau.com/samples/en-us/rest_api/ts-api_3_24.xsd">` +
      `<pagination pageNumber="1" pageSize="${rows}" totalAvailable="48999"/><backgroundJobs>${list}</backgroundJobs></tsResponse>`,
  )
}
