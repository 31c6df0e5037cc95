/** What the address of the tasks page leaves out. By itself, so that a link to the page costs nothing more. */
export const usualTasks = { view: 'table', group: 'schedule', sort: 'name:asc' } as const
