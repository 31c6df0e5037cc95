import type { z } from 'zod'

/** What a web page can have cached, and so what a write can make stale. */
export const resources = ['audit', 'build', 'bulk', 'datasources', 'extracts', 'health', 'jobs', 'schedules', 'servers', 'session', 'sessions', 'site', 'sites', 'tasks', 'workbooks', 'writes'] as const
export type Resource = (typeof resources)[number]

export type HttpMethod = 'GET' | 'POST' | 'PATCH' | 'DELETE'

/** What a call changes: nothing, our own session, something at Tableau, or a run that writes to Tableau by itself and is named by its own id. */
export type Effect = 'none' | 'session' | 'tableau' | 'bulk'

/** Who may call it: nobody is asked (`open`), only our own page (`guarded`), or our own page with a session (`session`). */
export type Access = 'open' | 'guarded' | 'session'

type Shape = z.ZodObject | undefined
type Parsed<S extends Shape> = S extends z.ZodObject ? z.output<S> : unknown
type Given<S extends Shape> = S extends z.ZodObject ? z.input<S> : unknown

/**
 * One route of the BFF's JSON API, as data: it types both sides, parses both ways and names the query key.
 *
 * `params` are the `:names` of the path, `query` the search parameters, `body` the JSON body. `output` is the body of a
 * success (`undefined` = 204 without a body). `effect` says whether Tableau is written to: such an endpoint takes an
 * `Idempotency-Key`, and its outcome can be read at `GET /api/writes/:key`.
 */
export interface Endpoint<
  P extends Shape = Shape,
  Q extends Shape = Shape,
  B extends Shape | z.ZodType = Shape | z.ZodType,
  O extends z.ZodType | undefined = z.ZodType | undefined,
  F extends Effect = Effect,
> {
  readonly resource: Resource
  readonly operation: string
  readonly method: HttpMethod
  readonly path: `/api/${string}`
  readonly access: Access
  readonly effect: F
  readonly status: 200 | 201 | 204
  /** The longest body, in bytes, where it is more than a form's; the BFF's own limit otherwise. */
  readonly bodyBytes: number | undefined
  readonly params: P
  readonly query: Q
  readonly body: B
  readonly output: O
}

interface EndpointSpec<P, Q, B, O, F> {
  resource: Resource
  operation: string
  method: HttpMethod
  path: `/api/${string}`
  access?: Access
  effect?: F
  status?: Endpoint['status']
  bodyBytes?: number
  params?: P
  query?: Q
  body?: B
  output?: O
}

/** Declares an {@link Endpoint}. Without `output` it answers 204. */
export const endpoint = <
  P extends Shape = undefined,
  Q extends Shape = undefined,
  B extends z.ZodType | undefined = undefined,
  O extends z.ZodType | undefined = undefined,
  F extends Effect = 'none',
>(
  spec: EndpointSpec<P, Q, B, O, F>,
): Endpoint<P, Q, B, O, F> => {
  const { access = 'session', params, query, body, output } = spec
  return {
    resource: spec.resource,
    operation: spec.operation,
    method: spec.method,
    path: spec.path,
    access,
    status: spec.status ?? (output === undefined ? 204 : 200),
    bodyBytes: spec.bodyBytes,
    // A generic is undefined exactly when its property is absent, which the compiler cannot follow.
    /* oxlint-disable typescript/no-unsafe-type-assertion */
    params: params as P,
    query: query as Q,
    body: body as B,
    output: output as O,
    effect: (spec.effect ?? 'none') as F,
    /* oxlint-enable typescript/no-unsafe-type-assertion */
  }
}

type BodyIn<B> = B extends z.ZodType ? { body: z.input<B> } : unknown
type BodyOut<B> = B extends z.ZodType ? { body: z.output<B> } : unknown
type ParamsIn<P extends Shape> = P extends z.ZodObject ? { params: Given<P> } : unknown
type ParamsOut<P extends Shape> = P extends z.ZodObject ? { params: Parsed<P> } : unknown
type QueryIn<Q extends Shape> = Q extends z.ZodObject ? { query: Given<Q> } : unknown
type QueryOut<Q extends Shape> = Q extends z.ZodObject ? { query: Parsed<Q> } : unknown

/** What a caller passes: `{ params, query, body }`, only those the endpoint has; `unknown` when it has none. */
export type InputOf<E> = E extends Endpoint<infer P, infer Q, infer B, infer _O> ? ParamsIn<P> & QueryIn<Q> & BodyIn<B> : never

/** What a handler receives after parsing. */
export type ParsedInputOf<E> =
  E extends Endpoint<infer P, infer Q, infer B, infer _O> ? ParamsOut<P> & QueryOut<Q> & BodyOut<B> : never

/** What a handler returns; the BFF checks it against the schema before it leaves. */
export type ReplyOf<E> = E extends Endpoint<infer _P, infer _Q, infer _B, infer O> ? (O extends z.ZodType ? z.input<O> : undefined) : never

/** What a caller gets after parsing. */
export type OutputOf<E> = E extends Endpoint<infer _P, infer _Q, infer _B, infer O> ? (O extends z.ZodType ? z.output<O> : undefined) : never
