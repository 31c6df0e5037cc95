/** One start of a schedule on one day. */
export interface Fire {
  rowId: string
  at: number
  /** Minutes since midnight on the wall clock of the zone that is shown. */
  minute: number
  /** Extract refresh tasks that start with it; `undefined` when that is not known. */
  tasks: number | undefined
  suspended: boolean
}

/** What is drawn: one start, or several that would be too thin beside each other. */
export interface Block {
  fires: Fire[]
  /** Where it begins and how high it is, in minutes of the day. */
  minute: number
  minutes: number
  /** Its place among those beside it, of so many, and over how many it reaches because nothing is there. */
  lane: number
  lanes: number
  span: number
}

const dayMinutes = 24 * 60

/** The height of a block with one task or none: it still takes a word. */
export const leastMinutes = 36
const minutesPerTask = 0.6
const mostMinutes = 180

/** A schedule that starts more often than this on a day is drawn as thin marks. */
export const oftenPerDay = 6

/** How high a block is. Tasks, not time: how long they take is not known here. */
export const heightOf = (tasks: number | undefined): number => Math.min(mostMinutes, leastMinutes + Math.round((tasks ?? 0) * minutesPerTask))

/** The tasks that start with these, suspended schedules left out. */
export const tasksIn = (fires: readonly Fire[]): number => fires.reduce((sum, { tasks, suspended }) => sum + (suspended ? 0 : (tasks ?? 0)), 0)

/** So long do starts count as one when they have to be piled up, in minutes: as short as the room allows. */
const pileMinutes = [30, 60, 120, 180]

type Placed = Omit<Block, 'lane' | 'lanes' | 'span'>

const blockOf = (fires: Fire[], most: number): Placed => {
  const minutes = Math.min(most, heightOf(tasksIn(fires)))
  // A block at the end of the day stays in it.
  return { fires, minute: Math.min(fires[0]?.minute ?? 0, dayMinutes - minutes), minutes }
}

/** Those that touch each other, in order of time. */
const clustersOf = (placed: readonly Placed[]): Placed[][] => {
  const clusters: Placed[][] = []
  let end = -1
  for (const block of placed) {
    const cluster = clusters.at(-1)
    if (cluster === undefined || block.minute >= end) clusters.push([block])
    else cluster.push(block)
    end = Math.max(end, block.minute + block.minutes)
  }
  return clusters
}

const touch = (a: Placed, b: Placed): boolean => a.minute < b.minute + b.minutes && b.minute < a.minute + a.minutes

/** Side by side: each in the first lane that is free, and as far to the right as nothing else is. */
const inLanes = (cluster: readonly Placed[]): Block[] => {
  const ends: number[] = []
  const lanes = cluster.map(({ minute, minutes }) => {
    const free = ends.findIndex((end) => end <= minute)
    const lane = free < 0 ? ends.length : free
    ends[lane] = minute + minutes
    return lane
  })
  return cluster.map((block, index) => {
    const lane = lanes[index] ?? 0
    const beside = cluster.flatMap((other, at) => ((lanes[at] ?? 0) > lane && touch(block, other) ? [lanes[at] ?? 0] : []))
    return { ...block, lane, lanes: ends.length, span: Math.min(ends.length, ...beside) - lane }
  })
}

const inOrder = (placed: readonly Placed[]): Placed[] => placed.toSorted((a, b) => a.minute - b.minute)

const piledBy = (slotMinutes: number, cluster: readonly Placed[]): Block[] => {
  const piles = new Map<number, Fire[]>()
  for (const fire of cluster.flatMap(({ fires }) => fires)) {
    const slot = Math.floor(fire.minute / slotMinutes)
    piles.set(slot, [...(piles.get(slot) ?? []), fire])
  }
  return inLanes(inOrder([...piles.values()].map((fires) => blockOf(fires, fires.length > 1 ? Math.max(60, slotMinutes) : mostMinutes))))
}

const lanesOf = (blocks: readonly Block[]): number => blocks[0]?.lanes ?? 0

const piled = (cluster: readonly Placed[], mostLanes: number): Block[] => {
  let blocks: Block[] = []
  for (const slotMinutes of pileMinutes) {
    blocks = piledBy(slotMinutes, cluster)
    if (lanesOf(blocks) <= mostLanes) break
  }
  return blocks
}

/**
 * Where the starts of one day are drawn. Those that overlap stand side by side, the larger first; where more than `mostLanes`
 * would (3 at least), they are piled up, by half hours where that is enough.
 */
export const layOut = (fires: readonly Fire[], mostLanes: number): Block[] => {
  const singles = fires.toSorted((a, b) => a.minute - b.minute || (b.tasks ?? 0) - (a.tasks ?? 0) || a.at - b.at).map((fire) => blockOf([fire], mostMinutes))
  return clustersOf(inOrder(singles)).flatMap((cluster) => {
    const laid = inLanes(cluster)
    return lanesOf(laid) > mostLanes ? piled(cluster, mostLanes) : laid
  })
}

/** What starts in one hour of the wall clock, suspended schedules left out. */
export interface HourLoad {
  starts: number
  tasks: number
}

/** What starts in each of the 24 hours. */
export const loadOf = (fires: readonly Fire[]): HourLoad[] => {
  const hours: HourLoad[] = Array.from({ length: 24 }, () => ({ starts: 0, tasks: 0 }))
  for (const { minute, tasks, suspended } of fires) {
    const hour = hours[Math.min(23, Math.floor(minute / 60))]
    if (hour === undefined || suspended) continue
    hour.starts += 1
    hour.tasks += tasks ?? 0
  }
  return hours
}
