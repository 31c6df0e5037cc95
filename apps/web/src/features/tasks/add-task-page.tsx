/** Adds a workbook or a data source to a schedule. */
export const AddTaskPage = () => <h1>Add to a schedule</h1>
