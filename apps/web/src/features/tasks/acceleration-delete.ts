/** What the deletion of one data acceleration task is followed by. */
export const accelerationTargetOf = (taskId: string): string => `tasks.deleteDataAcceleration ${taskId}`
