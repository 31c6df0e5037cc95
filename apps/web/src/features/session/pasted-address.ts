import type { TableauServer } from '@refreshboard/api-types'

/** What an address of a Tableau site says: which server, and which site (content URL, empty = Default). */
export interface PastedAddress {
  host: string
  site: string
}

const looksLikeAddress = (text: string): boolean => /[/#.]/.test(text) || /^https?:/i.test(text)

const segment = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/**
 * Understands what people copy from their browser: `https://host/#/site/finance/home`, `https://host/t/finance/views/…`,
 * `https://host/#/home` (Default), with or without scheme. `undefined` for anything else, such as a bare content URL.
 */
export const parsePastedAddress = (text: string): PastedAddress | undefined => {
  const trimmed = text.trim()
  if (!looksLikeAddress(trimmed)) return undefined
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? trimmed : `https://${trimmed.replace(/^\/+/, '')}`
  let url: URL
  try {
    url = new URL(address)
  } catch {
    return undefined
  }
  if ((url.protocol !== 'https:' && url.protocol !== 'http:') || url.hostname === '') return undefined
  const inHash = /^#\/site\/([^/?]+)/.exec(url.hash)?.[1]
  const inPath = /^\/t\/([^/?]+)/.exec(url.pathname)?.[1]
  return { host: url.host.toLowerCase(), site: segment(inHash ?? inPath ?? '') }
}

/** `site “finance” on tableau.example.com` */
export const siteInWords = ({ host, site }: PastedAddress): string => (site === '' ? `the Default site on ${host}` : `site “${site}” on ${host}`)

/** The configured server of an address; hosts are compared with their port. */
export const serverOf = ({ host }: PastedAddress, servers: readonly TableauServer[]): TableauServer | undefined =>
  servers.find((server) => server.host.toLowerCase() === host)

/** Tableau Cloud's pods live under one domain; people there sign in by token. */
export const isCloudHost = (host: string): boolean => /(^|\.)online\.tableau\.com(:\d+)?$/i.test(host)
