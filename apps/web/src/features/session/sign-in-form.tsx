import '@mantine/core/styles/PasswordInput.layer.css'
import '@mantine/core/styles/FloatingIndicator.layer.css'
import '@mantine/core/styles/SegmentedControl.layer.css'
import type { SignIn, TableauServer } from '@refreshboard/api-types'
import { Button, NativeSelect, PasswordInput, SegmentedControl, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useState, type ChangeEvent, type ClipboardEvent, type SubmitEvent } from 'react'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { ApiError, failureOf } from '../../lib/api-error.ts'
import { isCloudHost, parsePastedAddress } from './pasted-address.ts'
import { fieldErrors, readSignIn, understandSite, type SignInValues } from './sign-in-values.ts'
import classes from './sign-in.module.css'

interface SignInFormProps {
  servers: readonly TableauServer[]
  initial: Partial<SignInValues>
  /** Server and site stay as they are: signing in again in mid-work. */
  fixed?: boolean
  error: Error | null
  pending: boolean
  onSubmit: (body: SignIn) => void
}

const methods = {
  password: { value: 'password', label: 'Name and password' },
  pat: { value: 'pat', label: 'Personal access token' },
} as const

/** Server, site and credentials. What is wrong is said under the field before anything is sent; nothing typed is ever lost. */
export const SignInForm = ({ servers, initial, fixed = false, error, pending, onSubmit }: SignInFormProps) => {
  const [note, setNote] = useState<string>()
  const [dismissed, setDismissed] = useState<Error | null>(null)
  const form = useForm<SignInValues>({
    mode: 'controlled',
    initialValues: {
      serverId: servers[0]?.id ?? '',
      site: '',
      method: 'password',
      name: '',
      password: '',
      personalAccessTokenName: '',
      personalAccessTokenSecret: '',
      ...initial,
    },
  })
  const { values } = form
  const host = servers.find(({ id }) => id === values.serverId)?.host ?? ''
  const order = isCloudHost(host) ? [methods.pat, methods.password] : [methods.password, methods.pat]

  const understand = (next: SignInValues): SignInValues | undefined => {
    const { values: understood, note, error } = understandSite(next, servers)
    if (error !== undefined) {
      form.setFieldError('site', error)
      return undefined
    }
    if (note !== undefined) {
      form.setValues(understood)
      form.clearFieldError('site')
      setNote(note)
    }
    return understood
  }

  const paste = (event: ClipboardEvent<HTMLInputElement>) => {
    const text = event.clipboardData.getData('text')
    if (parsePastedAddress(text) === undefined) return
    event.preventDefault()
    form.setFieldValue('site', text.trim())
    understand({ ...values, site: text })
  }

  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (pending) return
    form.clearErrors()
    const understood = understand(values)
    if (understood === undefined) return
    const read = readSignIn(understood)
    if ('body' in read) onSubmit(read.body)
    else {
      form.setErrors(read.errors)
      const first = event.currentTarget.elements.namedItem(Object.keys(read.errors)[0] ?? '')
      if (first instanceof HTMLElement) first.focus()
    }
  }

  // A refusal stays until something is typed; what the server says about a field goes to the field.
  const refused = error === dismissed ? null : error
  const fields = refused instanceof ApiError ? fieldErrors(Object.entries(refused.problem?.fields ?? {}), values) : {}
  const atField = (name: Exclude<keyof SignInValues, 'method'>) => ({
    name,
    value: values[name],
    error: form.errors[name] ?? fields[name],
    onChange: (event: ChangeEvent<HTMLInputElement | HTMLSelectElement>) => {
      setDismissed(error)
      if (name === 'site') setNote(undefined)
      form.setFieldValue(name, event.currentTarget.value)
    },
  })
  const notice = refused !== null && Object.keys(fields).length === 0 ? failureOf(refused) : undefined

  return (
    <form onSubmit={submit} noValidate className={classes['form']} aria-label="Sign in">
      {!fixed &&
        (servers.length > 1 ? (
          <NativeSelect label="Server" data={servers.map(({ id, host }) => ({ value: id, label: host }))} {...atField('serverId')} />
        ) : (
          <div>
            <div className={classes['label']}>Server</div>
            <div className={classes['server']}>{host}</div>
          </div>
        ))}
      {!fixed && (
        <TextInput
          label="Site"
          description={note ?? 'Empty for the Default site. You can paste the address of the site from your browser.'}
          placeholder="Default"
          autoComplete="organization"
          autoCapitalize="none"
          spellCheck={false}
          {...atField('site')}
          onPaste={paste}
          onBlur={() => void understand(values)}
        />
      )}
      <SegmentedControl
        fullWidth
        data={order}
        aria-label="How to sign in"
        value={values.method}
        onChange={(method) => {
          setDismissed(error)
          form.setFieldValue('method', method === 'pat' ? 'pat' : 'password')
        }}
      />
      {values.method === 'password' ? (
        <>
          <TextInput label="User name" autoComplete="username" autoCapitalize="none" spellCheck={false} {...atField('name')} />
          <PasswordInput
            label="Password"
            autoComplete="current-password"
            visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
            {...(fixed ? { 'data-autofocus': true } : {})}
            {...atField('password')}
          />
        </>
      ) : (
        <>
          <TextInput
            label="Token name"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            {...(fixed ? { 'data-autofocus': true } : {})}
            {...atField('personalAccessTokenName')}
          />
          <PasswordInput
            label="Token secret"
            autoComplete="off"
            visibilityToggleButtonProps={{ 'aria-label': 'Show the secret' }}
            {...atField('personalAccessTokenSecret')}
          />
        </>
      )}
      {notice !== undefined && <FailureNotice failure={notice} />}
      <Button type="submit" fullWidth loading={pending}>
        Sign in
      </Button>
    </form>
  )
}
