import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import { IconButton } from '../components/icon-button.tsx'
import { IconMoon, IconSun } from '../components/icons.ts'

/** Light or dark; follows the computer until somebody chooses. */
export const SchemeSwitch = () => {
  const { setColorScheme } = useMantineColorScheme({ keepTransitions: true })
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false })
  const [label, next, Icon] = scheme === 'dark' ? (['Light mode', 'light', IconSun] as const) : (['Dark mode', 'dark', IconMoon] as const)
  return <IconButton icon={Icon} label={label} onClick={() => setColorScheme(next)} />
}
