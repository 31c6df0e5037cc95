import { it, expect } from 'vitest'
import { runsBetween } from '../../recurrence/src/index.ts'
import { fireTimesOf } from './fire-times.ts'
import { busySchedules } from './scenarios/schedule-plans.ts'
it('agrees', () => {
  const zones = ['UTC','America/Los_Angeles','Europe/Berlin','America/St_Johns','Australia/Lord_Howe','Asia/Kolkata','Asia/Kathmandu','Pacific/Kiritimati','Pacific/Pago_Pago','America/Santiago','Africa/Casablanca','Pacific/Apia','America/Nuuk','Africa/Cairo']
  const from = Date.UTC(2010,0,1), to = Date.UTC(2015,0,1)
  let n = 0
  for (const zone of zones) for (const p of [...busySchedules, {name:'', frequency:'Daily', start:'02:30:00', intervals:[]}, {name:'', frequency:'Hourly', start:'00:05:00', end:'23:50:00', intervals:[{minutes:'15'}]}, {name:'', frequency:'Daily', start:'00:00:00', intervals:[]}]) {
    const mine = fireTimesOf(p, zone, from, to)
    const theirs = runsBetween(p, zone, from, to) ?? []
    n += mine.length
    if (mine.length !== theirs.length || mine.some((x,i)=>x!==theirs[i])) { console.log(zone, p.name, p.start, mine.length, theirs.length, mine.filter(x=>!theirs.includes(x)).slice(0,3).map(x=>new Date(x).toISOString()), theirs.filter(x=>!mine.includes(x)).slice(0,3).map(x=>new Date(x).toISOString())) }
  }
  console.log('compared', n)
}, 600000)
