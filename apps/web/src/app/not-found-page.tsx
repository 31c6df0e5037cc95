import { Button } from '@mantine/core'
import { Link, useLocation } from 'react-router'
import { Message } from '../components/message.tsx'
import { IconQuestionMark } from '../components/icons.ts'
import { paths } from './paths.ts'

export const NotFoundPage = () => {
  const { pathname } = useLocation()
  return (
    <Message page icon={IconQuestionMark} title="There is no such page" action={<Button component={Link} to={paths.jobs()}>Go to jobs</Button>}>
      Nothing is at <code>{pathname}</code>. The link may be from a newer version, or mistyped.
    </Message>
  )
}
