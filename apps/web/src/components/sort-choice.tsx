import { NativeSelect } from '@mantine/core'

interface SortChoiceProps<Sort extends string> {
  choices: readonly { value: Sort; label: string }[]
  sort: Sort
  className?: string | undefined
  onSort: (sort: Sort) => void
}

/** How cards are sorted, which have no heads of columns. */
export const SortChoice = <Sort extends string>({ choices, sort, className = '', onSort }: SortChoiceProps<Sort>) => (
  <NativeSelect
    aria-label="Sort"
    size="xs"
    className={className}
    data={[...choices]}
    value={sort}
    onChange={(event) => {
      const chosen = choices.find(({ value }) => value === event.currentTarget.value)
      if (chosen !== undefined) onSort(chosen.value)
    }}
  />
)
