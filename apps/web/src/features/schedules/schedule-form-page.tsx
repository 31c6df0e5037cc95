/** Makes a schedule. */
export const NewSchedulePage = () => <h1>New schedule</h1>

/** Changes a schedule. */
export const EditSchedulePage = () => <h1>Edit schedule</h1>
