import { parentPort, workerData } from 'node:worker_threads'
import { readSchedules } from '@refreshboard/schedules-as-code'

// A thread that reads one text of schedules and ends; see features/schedules-as-code/read-text.ts.
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- of a thread, not of a window
parentPort?.postMessage(readSchedules(String(workerData)))
