import { useState } from 'react'
import { useNavigate } from 'react-router'
import { paths } from '../../app/paths.ts'
import { whereAllowed } from '../../components/gated-page.tsx'
import { IconCalendar } from '../../components/icons.ts'
import { useLeaveGuard } from '../../components/leave-dialog.tsx'
import { SubPage } from '../../components/sub-page.tsx'
import { useTitle } from '../../lib/title.ts'
import { AsCodeExport } from './as-code-export.tsx'
import { AsCodeImport } from './as-code-import.tsx'
import classes from './as-code.module.css'

const title = 'Schedules as code'

const AsCode = () => {
  useTitle(title)
  const navigate = useNavigate()
  const [yaml, setYaml] = useState('')
  // A text as it was taken over from the export holds nothing that is lost.
  const [taken, setTaken] = useState('')
  const guard = useLeaveGuard(yaml.trim() !== '' && yaml !== taken)
  return (
    <SubPage title={title} back={{ to: paths.schedules(), label: 'Schedules' }}>
      <div className={classes['parts']}>
        <AsCodeExport
          notEditable={yaml.trim() === '' || yaml === taken ? undefined : 'There is a text in the import already: clear it first.'}
          onEdit={(text) => {
            setTaken(text)
            setYaml(text)
          }}
        />
        <AsCodeImport
          yaml={yaml}
          onYaml={setYaml}
          onStarted={({ id }) => {
            guard.release()
            void navigate(paths.run({ id }))
          }}
        />
      </div>
      {guard.dialog}
    </SubPage>
  )
}

/** The schedules as text: exported, and applied after a plan was seen. */
export const AsCodePage = whereAllowed({ permissionOf: ({ readSchedules }) => readSchedules, title, words: 'There are no schedules here', icon: IconCalendar, tasks: paths.tasks() }, AsCode)
