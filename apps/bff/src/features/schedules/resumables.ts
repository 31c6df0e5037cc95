import type { Shelves } from '../../shelves/shelves.ts'
import type { Resumable } from '../../writes/read-backs.ts'
import { createResumable } from './create.ts'
import { deleteResumable } from './delete.ts'
import { updateResumable } from './update.ts'

/** The writes of this feature, as they are read back after a restart. */
export const schedulesResumables = (shelves: Shelves): Resumable[] => [createResumable(shelves), updateResumable(shelves), deleteResumable(shelves)]
