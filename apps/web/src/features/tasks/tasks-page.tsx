/** Every extract refresh task that the person may see. */
export const TasksPage = () => <h1>Tasks</h1>
