import * as fc from 'fast-check'
import { z } from 'zod'

type JsonSchema = z.core.JSONSchema.BaseSchema

const textsOf = ({ pattern, minLength = 0, maxLength = 40, format }: JsonSchema): fc.Arbitrary<string> => {
  if (format === 'date-time') return fc.date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true }).map((date) => date.toISOString())
  if (format === 'uuid') return fc.uuid()
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern, 'u'))
  return fc.string({ minLength, maxLength: Math.max(minLength, Math.min(maxLength, 300)), unit: fc.constantFrom('a', 'B', ' ', 'é', '<', '&', '"', '%', '0', ',', ':', '\u{1F600}') })
}

const isSchema = (value: unknown): value is JsonSchema => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Values that a JSON schema allows; what it cannot say (a rule across fields) may still be broken. */
const valuesOf = (schema: JsonSchema): fc.Arbitrary<unknown> => {
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum)
  const choices = schema.anyOf ?? schema.oneOf
  if (choices !== undefined) return fc.oneof(...choices.filter(isSchema).map(valuesOf))
  switch (schema.type) {
    case 'string':
      return textsOf(schema)
    case 'integer':
    case 'number':
      return fc.integer({ min: Math.max(schema.minimum ?? -5, -1e6), max: Math.min(schema.maximum ?? 1000, 1e6) })
    case 'boolean':
      return fc.boolean()
    case 'array':
      return fc.array(isSchema(schema.items) ? valuesOf(schema.items) : fc.jsonValue(), { maxLength: 5 })
    case 'object': {
      if (schema.properties === undefined) {
        return fc.dictionary(fc.string({ maxLength: 8 }), isSchema(schema.additionalProperties) ? valuesOf(schema.additionalProperties) : fc.jsonValue(), { maxKeys: 4 })
      }
      const properties = Object.fromEntries(Object.entries(schema.properties).flatMap(([name, value]) => (isSchema(value) ? [[name, valuesOf(value)]] : [])))
      return fc.record(properties, { requiredKeys: schema.required ?? [] })
    }
    case 'null':
      return fc.constant(null)
    case undefined:
    default:
      return fc.jsonValue()
  }
}

const nearInputsOf = (schema: z.ZodType): fc.Arbitrary<unknown> => valuesOf(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }))

/** Inputs that a schema of the contract takes. */
export const inputsOf = (schema: z.ZodType): fc.Arbitrary<unknown> => nearInputsOf(schema).filter((value) => schema.safeParse(value).success)

/** What no schema of the contract expects. */
export const oddValues: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(null, true, -1, 0, 1.5, 1e308, 1e21, '', ' ', '\0', '\u202E', '\uD800', 'null', 'undefined', '../..', '[object Object]', [], [[]], {}, { toString: 1 }, { constructor: { prototype: { polluted: 1 } } }),
  fc.constantFrom(129, 256, 1025, 5000).map((length) => 'x'.repeat(length)),
  fc.jsonValue({ maxDepth: 6 }),
)

const oddNames = fc.constantFrom('isAdmin', 'constructor', 'prototype', 'toString', 'hasOwnProperty', '__proto__', '', '$where', 'id', 'token', 'X-Tableau-Auth')

/** The same object with a field too many, one too few, or one of another kind. */
const broken = (value: object): fc.Arbitrary<unknown> => {
  const names = Object.keys(value)
  const withField = (name: string, odd: unknown): unknown => Object.fromEntries([...Object.entries(value).filter(([known]) => known !== name), [name, odd]])
  const added = fc.tuple(oddNames, oddValues).map(([name, odd]) => withField(name, odd))
  if (names.length === 0) return added
  const one = fc.constantFrom(...names)
  return fc.oneof(
    added,
    one.map((name) => Object.fromEntries(Object.entries(value).filter(([known]) => known !== name))),
    fc.tuple(one, oddValues).map(([name, odd]) => withField(name, odd)),
  )
}

/** Inputs that are one fault away from what a schema takes, or far from it. */
export const brokenInputsOf = (schema: z.ZodType): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 5, arbitrary: nearInputsOf(schema).chain((value) => (typeof value === 'object' && value !== null ? broken(value) : oddValues)) }, { weight: 1, arbitrary: oddValues })
