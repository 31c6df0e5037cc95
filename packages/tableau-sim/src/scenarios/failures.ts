import type { JobContent } from '../jobs.ts'
import type { Random } from '../random.ts'

/** Why a refresh failed, worded as drivers word it: many lines, codes, stack frames. */
export type FailureCause = (random: Random, content: JobContent) => string

const host = (random: Random): string => `dwh-${random.between(1, 4)}.corp.example`

export const failureCauses = {
  login: (random) =>
    [
      `com.tableausoftware.nativeapi.exceptions.ServerNotFoundException: Unable to connect to the server "${host(random)}".`,
      'Invalid username or password.',
      `[Snowflake][Snowflake] (4) \n      REST request for URL https://${host(random)}:443/session/v1/login-request failed: CURLerror (curl_easy_perform() failed) - code=22`,
      "Login failed for user 'SVC_TABLEAU_DWH'. The password of the account has expired.",
      'Error Code: 0x0AC0F9F1',
    ].join('\n'),
  timeout: () =>
    [
      'com.tableausoftware.core.workers.TimeoutException: The query time resource limit (7200 seconds) was exceeded.',
      'The refresh was stopped after 02:00:00 (backgrounder.querylimit).',
      '    at com.tableausoftware.backgrounder.runner.BackgroundJobRunner.enforceTimeLimit(BackgroundJobRunner.java:417)',
      '    at com.tableausoftware.backgrounder.runner.BackgroundJobRunner.run(BackgroundJobRunner.java:233)',
      '    at java.base/java.lang.Thread.run(Thread.java:840)',
    ].join('\n'),
  disk: (random) =>
    [
      'java.io.IOException: No space left on device',
      `Unable to write the extract: /var/opt/tableau/tableau_server/data/tabsvc/temp/backgrounder_0.20242.24.0807/TEMP_${random.between(100_000, 999_999)}.hyper`,
      'Hyper: Error Code 53100 (disk full): could not extend file: only 0 of 8192 bytes were written',
      `Free space on the volume: ${random.between(0, 99)} MB, needed: ${random.between(900, 9000)} MB`,
    ].join('\n'),
  missingColumn: (random, content) =>
    [
      `com.tableausoftware.nativeapi.exceptions.DataSourceException: An error occurred while communicating with the data source '${content.name}'.`,
      `Bad Connection: Tableau could not connect to the data source. [Microsoft][ODBC Driver 18 for SQL Server][SQL Server]Invalid column name 'discount_pct'.`,
      `SELECT "t0"."order_id", "t0"."discount_pct" FROM "${random.pick(['sales', 'mart', 'stage'])}"."orders" "t0" WHERE "t0"."amount" > 0 AND "t0"."region" <> 'n/a'`,
      'Error Code: 0xFAB9A2C5',
    ].join('\n'),
  memory: (random) =>
    [
      'com.tableausoftware.hyper.HyperException: memory limit exceeded',
      `Hyper was unable to allocate ${random.between(2, 14)}.${random.between(0, 9)} GB while sorting. The limit of the process is 16.0 GB.`,
      'Context: 0xfa6b0e2f',
    ].join('\n'),
  tls: (random) =>
    [
      `javax.net.ssl.SSLHandshakeException: PKIX path validation failed: the certificate of ${host(random)} expired on 2026-02-28.`,
      '    at java.base/sun.security.ssl.Alert.createSSLException(Alert.java:130)',
      '    at java.base/sun.security.ssl.TransportContext.fatal(TransportContext.java:378)',
    ].join('\n'),
  bridgeOffline: (random) =>
    [
      'No Tableau Bridge client is connected for the pool “on-prem”.',
      `Last heartbeat of BRIDGE-${random.between(1, 3)} was ${random.between(6, 55)} minutes ago.`,
      'Error Code: 1000028',
    ].join('\n'),
  flowStep: (random) =>
    [
      'PrepFlowException: The output step “Publish to Certified Data” could not be run.',
      `  step: Aggregate ${random.between(1, 6)}`,
      '  cause: System error: AqlProcessor evaluation failed: [Hyper] Error Code 22003 numeric value out of range',
      'The flow has been run 5 times in a row without success.',
    ].join('\n'),
  mail: () =>
    [
      'com.tableausoftware.notifier.MailDeliveryException: Could not send the subscription.',
      'javax.mail.SendFailedException: 550 5.1.1 <former.colleague@corp.example>: Recipient address rejected: user unknown',
    ].join('\n'),
} as const satisfies Record<string, FailureCause>
