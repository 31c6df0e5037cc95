import type { YamlFinding } from '@refreshboard/api-types'
import { formatCount } from '../../lib/count.ts'
import classes from './as-code.module.css'

interface AsCodeFindingsProps {
  title: string
  look: 'fault' | 'lint'
  findings: readonly YamlFinding[]
  onShow: (line: number) => void
}

const most = 200

/** More doubts than these would push the plan off the page. */
const unfolded = 3

const Rows = ({ findings, onShow }: Pick<AsCodeFindingsProps, 'findings' | 'onShow'>) => (
  <ul>
    {findings.slice(0, most).map((finding) => (
      <li key={`${finding.line} ${finding.column} ${finding.rule} ${finding.path}`}>
        <button type="button" className={classes['line']} onClick={() => onShow(finding.line)}>
          Line {finding.line}
        </button>{' '}
        {finding.message}{' '}
        <span className={classes['dim']}>
          <code>{finding.path}</code> ({finding.rule})
        </span>
      </li>
    ))}
    {findings.length > most && <li>And {formatCount(findings.length - most)} more.</li>}
  </ul>
)

/** What is wrong or doubtful in the text, line by line; a click goes there. */
export const AsCodeFindings = ({ title, look, findings, onShow }: AsCodeFindingsProps) => {
  if (findings.length === 0) return null
  const rows = <Rows findings={findings} onShow={onShow} />
  return look === 'lint' && findings.length > unfolded ? (
    <details className={classes['findings']} data-look={look}>
      <summary>
        <strong>{title}</strong>
      </summary>
      {rows}
    </details>
  ) : (
    <div className={classes['findings']} data-look={look}>
      <strong>{title}</strong>
      {rows}
    </div>
  )
}
