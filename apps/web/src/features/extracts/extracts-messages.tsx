import { Button } from '@mantine/core'
import { IconPackage, IconSearch } from '../../components/icons.ts'
import { Message } from '../../components/message.tsx'

/** Nothing to show: why, and what to do. */
export const ExtractsEmpty = ({ filtered, onClear }: { filtered: boolean; onClear: () => void }) =>
  filtered ? (
    <Message icon={IconSearch} title="No workbook or data source matches" action={<Button onClick={onClear}>Clear filters</Button>}>
      Others are there, but none of this kind, with this data, encryption, refresh and text. What Tableau does not tell of an item matches neither choice.
    </Message>
  ) : (
    <Message icon={IconPackage} title="There are no workbooks and data sources here">
      What is published on this site and may be seen by you appears here, with its extract.
    </Message>
  )
