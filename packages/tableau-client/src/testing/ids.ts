import { luidSchema } from '@refreshboard/api-types'

export const siteId = luidSchema.parse('1edc53ac-e247-4870-9fd3-6fad0ce5f84d')
export const userId = luidSchema.parse('9f9e9d9c-8b8a-8f8e-7d7c-7b7a6f6d6e6d')
export const jobId = luidSchema.parse('2eef4225-aa0c-41c4-8662-a76d89ed7336')
export const auth = { token: '12ab34cd|ef', siteId }
