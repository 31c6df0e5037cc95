import { Dropdown, DropdownItem, DropdownText } from '../components/dropdown.tsx'
import { IconClock } from '../components/icons.ts'
import { zoneChoices, zonePreference } from '../lib/preferences.ts'
import { useZone } from '../lib/zone.ts'
import classes from './zone-switch.module.css'

/** The one zone in which the whole app tells times, always named. */
export const ZoneSwitch = () => {
  const { option, options } = useZone()
  return (
    <Dropdown
      kind="menu"
      align="end"
      chevron={false}
      ariaLabel={`Time zone: ${option.label}`}
      icon={<IconClock size={16} aria-hidden />}
      className={classes['button']}
      label={<span className={classes['label']}>{option.label}</span>}
    >
      {(close) => (
        <>
          <DropdownText>Tell times in</DropdownText>
          {zoneChoices.map((choice) => {
            const { label, reason } = options[choice]
            return (
              <DropdownItem
                key={choice}
                chosen={choice === option.choice}
                reason={reason}
                onClick={() => {
                  close()
                  zonePreference.set(choice)
                }}
              >
                {label}
              </DropdownItem>
            )
          })}
        </>
      )}
    </Dropdown>
  )
}
