/** Every schedule of the server, as a table or a week. */
export const SchedulesPage = () => <h1>Schedules</h1>
