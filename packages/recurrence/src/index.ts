export * from './recurrence.ts'
