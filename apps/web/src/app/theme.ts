import { createTheme, type CSSVariablesResolver } from '@mantine/core'

/** Mantine's default shades miss 4.5:1 on filled buttons; shade 8 passes in both schemes. */
export const theme = createTheme({
  primaryColor: 'blue',
  primaryShade: { light: 8, dark: 8 },
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  defaultRadius: 'sm',
  respectReducedMotion: true,
  cursorType: 'pointer',
})

/** Greys and red that pass 4.5:1 on the page's background, where Mantine's own do not. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': 'var(--rb-dim)',
    '--mantine-color-placeholder': 'var(--rb-dim)',
    '--mantine-color-error': 'var(--rb-failed)',
    '--mantine-color-anchor': 'var(--rb-running)',
    '--mantine-color-body': 'var(--rb-page)',
    '--mantine-color-text': 'var(--rb-text)',
  },
  dark: {
    '--mantine-color-dimmed': 'var(--rb-dim)',
    '--mantine-color-placeholder': 'var(--rb-dim)',
    '--mantine-color-error': 'var(--rb-failed)',
    '--mantine-color-anchor': 'var(--rb-running)',
    '--mantine-color-body': 'var(--rb-page)',
    '--mantine-color-text': 'var(--rb-text)',
  },
})
