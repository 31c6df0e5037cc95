import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { paths } from '../../app/paths.ts'
import { IconArrowLeft } from '../../components/icons.ts'
import { useLeaveGuard } from '../../components/leave-dialog.tsx'
import { useTitle } from '../../lib/title.ts'
import { AsCodeExport } from './as-code-export.tsx'
import { AsCodeImport } from './as-code-import.tsx'
import { whereSchedulesAre } from './schedules-room.tsx'
import form from '../../components/form.module.css'
import classes from './as-code.module.css'

const AsCode = () => {
  useTitle('Schedules as code')
  const navigate = useNavigate()
  const [yaml, setYaml] = useState('')
  // A text as it was taken over from the export holds nothing that is lost.
  const [taken, setTaken] = useState('')
  const guard = useLeaveGuard(yaml.trim() !== '' && yaml !== taken)
  return (
    <div className={form['page']}>
      <div className={form['frame']}>
        <Link to={paths.schedules()} className={form['back']}>
          <IconArrowLeft size={16} aria-hidden />
          Schedules
        </Link>
        <h1 className={form['title']}>Schedules as code</h1>
      </div>
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
    </div>
  )
}

/** The schedules as text: exported, and applied after a plan was seen. */
export const AsCodePage = whereSchedulesAre(AsCode)
