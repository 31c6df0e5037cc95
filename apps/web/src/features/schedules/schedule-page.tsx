/** One schedule: what it means, its tasks, its next runs. */
export const SchedulePage = () => <h1>Schedule</h1>
