import type { Content } from '@refreshboard/api-types'
import type { TableauSession } from '../session/tableau-session.ts'

/** The names as one request is shown them. */
export interface DirectoryView {
  /** What is known of one workbook or data source; undefined when it is not (yet), or when this user may not see it. */
  contentOf(kind: Content['kind'], id: string): Content | undefined
  /** All of a kind, sorted by name. The same array until the names are read again. */
  contents(kind: Content['kind']): readonly Content[]
  /** A row that was read by itself, with the names of its project and owner where it has only their ids. */
  named(content: Content): Content
  /** False while the first reading is still under way. */
  readonly complete: boolean
  /** Milliseconds since the reading that the names come from began, by a monotonic clock. */
  readonly ageMs: number
  /** Tableau's clock now in milliseconds since 1970, as far as the BFF can tell. */
  readonly tableauNow: number
  /**
   * Why the last attempt to read failed, or why not everything is here; undefined when there is nothing to tell. A failure
   * before anything could be read leaves `complete` false.
   */
  readonly failure: unknown
}

/**
 * The workbooks and data sources that one principal sees, with the names of their projects and owners: Tableau's tasks
 * and schedules carry only ids.
 */
export interface ContentDirectory {
  /**
   * The names, as fresh as can be had soon: never waits longer than a quarter of a second, and shows what has arrived by
   * then. Throws SessionEnded when it is this session's token that is dead; any other failure is in the view. `freshMs`: how old they
   * may be before they are read again; names alone may be five minutes old.
   */
  read(tableau: TableauSession, wanted?: { freshMs?: number }): Promise<DirectoryView>
  /** What is known of one item now, without asking Tableau. */
  peek(kind: Content['kind'], id: string): Content | undefined
  /** Takes in one item as it was just read by itself, or as the reply to a write tells it. */
  seen(content: Content): void
  /** The names are known to be behind: the next request reads again, if Tableau was not asked a moment ago. */
  expire(): void
}
