import { luidSchema } from '@refreshboard/api-types'

export const siteId = luidSchema.parse('1edc53ac-e247-4870-9fd3-6fad0ce5f84d')
export const userId = luidSchema.parse('9f9e9d9c-8b8a-8f8e-7d7c-7b7a6f6d6e6d')
export const jobId = luidSchema.parse('2eef4225-aa0c-41c4-8662-a76d89ed7336')
export const scheduleId = luidSchema.parse('4d652179-36bf-47e4-a9dc-e069227c72d0')
export const taskId = luidSchema.parse('0ece2369-c4eb-4382-be0f-961039d708a0')
export const workbookId = luidSchema.parse('5de9cc53-b17d-45af-804d-49144b39f29f')
export const datasourceId = luidSchema.parse('89a82d78-664f-45a1-8256-d4d2961a070b')
export const auth = { token: '12ab34cd|ef', siteId }
