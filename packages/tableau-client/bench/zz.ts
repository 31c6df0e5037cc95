import { jobsPage } from './jobs-page.ts'
import { queryJobs } from '../src/index.ts'
import { createXmlReader } from '../src/xml/reader.ts'
const base = Buffer.from(jobsPage(1000)).toString().replaceAll('Süd','Sud').replaceAll('–','-')
const pages = Array.from({length:49},(_n,i)=>Buffer.from(base.replace(/-25db-/g, `-${(i+4096).toString(16)}-`)))
const best: number[] = []
for (let r=0;r<14;r++) { const c=process.cpuUsage(); const rows = new Map<string, unknown>()
 for (const p of pages) { const rd=createXmlReader(); for (let i=0;i<p.length;i+=65536) rd.write(p.subarray(i,i+65536)); const page=queryJobs.decode(rd.end()!); for (const row of page.rows) rows.set(row.id,row) }
 const u=process.cpuUsage(c); best.push((u.user+u.system)/1000) }
console.log('cpu ms per 49 pages: min', Math.min(...best).toFixed(0), 'median', best.sort((a,b)=>a-b)[7]!.toFixed(0))
