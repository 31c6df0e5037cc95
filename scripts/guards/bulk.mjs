const bff = 'apps/bff/src'
const runs = `${bff}/features/bulk/bulk.test.ts`
const life = `${bff}/features/bulk/bulk-life.test.ts`
const tasks = `${bff}/features/tasks/bulk-tasks.test.ts`

export const guards = [
  {
    guard: 'an item of a bulk run is carried again under the keys that were made with its plan, so that nothing is sent twice',
    file: `${bff}/bulk/bulk-rows.ts`,
    find: 'const key = keys[place]',
    replace: 'const key = keys[place] && intentionKeySchema.parse(crypto.randomUUID())',
    test: life,
    only: 'nothing twice whose end could not be',
  },
  {
    guard: 'what would be done at the start of a bulk run is what its person saw',
    file: `${bff}/bulk/bulk-runs.ts`,
    find: 'if (plan.run.digest !== digest) {',
    replace: "if (digest === '') {",
    test: runs,
    only: 'another thing than what was seen',
  },
  {
    guard: 'nobody sees or starts another person’s bulk run',
    file: `${bff}/bulk/bulk-store.ts`,
    find: "selectAll().where('principal', '=', principal).where('id', '=', id)",
    replace: "selectAll().where('id', '=', id)",
    test: runs,
    only: 'is another person’s own',
  },
  {
    guard: 'a bulk run sends nothing for a session that is over',
    file: `${bff}/bulk/run-work.ts`,
    find: "if (!(await lives(this.context.tableau.sessionId))) this.halt ??= { state: 'interrupted', why: sessionEnded }",
    replace: 'await lives(this.context.tableau.sessionId)',
    test: life,
    only: 'has been idle for too long',
  },
  {
    guard: 'what was on its way for so long that no record of it is left is not sent again',
    file: `${bff}/bulk/run-work.ts`,
    find: 'clock.now() - row.sent_at > recordsKnownMs',
    replace: 'clock.now() - row.sent_at === recordsKnownMs',
    test: life,
    only: 'of which no record is left',
  },
  {
    guard: 'a bulk run halts when what it meets would meet all the others',
    file: `${bff}/bulk/run-work.ts`,
    find: 'this.#haltFor(this.#tally.refused(problem))',
    replace: 'this.#tally.refused(problem)',
    test: runs,
    only: 'halts after three in a row',
  },
  {
    guard: 'a task that is moved is deleted where it was only after it was seen where it is to be',
    file: `${bff}/features/tasks/bulk-move.ts`,
    find: 'if (!(await isListed(deps, shelf.tasks, context, input, made)))',
    replace: "if (made === '')",
    test: tasks,
    only: 'while the list does not show what was added',
  },
  {
    guard: 'a task that is moved is not deleted where it cannot be confirmed that it was added elsewhere',
    file: `${bff}/features/tasks/bulk-move.ts`,
    find: "if (added.state === 'unconfirmed') return",
    replace: "if (added.evidence === '') return",
    test: tasks,
    only: 'where it cannot be confirmed that it was added',
  },
  {
    guard: 'one person has three runs under way at a time',
    file: `${bff}/bulk/bulk-runs.ts`,
    find: 'if (mine >= mostAtWork)',
    replace: 'if (mine >= 1000)',
    test: `${bff}/features/bulk/bulk-life.test.ts`,
    only: 'is one of three that a person has at a time',
  },
]
