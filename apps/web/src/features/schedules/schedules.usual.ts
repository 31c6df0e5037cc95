/** What the address of the schedules page leaves out. By itself, so that a link to the page costs nothing more. */
export const usualSchedules = { view: 'table', sort: 'name:asc', suspended: 'show' } as const
