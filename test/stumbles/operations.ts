import type { Endpoint, Passing } from '../support/faults/start-faults.ts';

/** The jobs that ask for everything there is: `stream` is a restore with one job, `missing` that of a backup that is not there. */
export type Job = 'backup' | 'restore' | 'stream' | 'missing';

/** Something that is asked for during a job. */
export interface Operation {
  title: string;
  endpoint: Endpoint;
  /** Of the jobs that ask for it, the one in which it is tried; Entra ID is asked for two things within one patience. */
  job: Job;
  is(passing: Passing): boolean;
  /** What an error says that was tried. */
  tried: RegExp;
  /** Whether an answer of somebody else is asked for again: of a vault and an account, it is a proxy's, which does not go away. */
  strangersPass?: boolean;
  /** Whether its answer has no body. */
  hasNoBody?: boolean;
  /** Whether the action finds out by itself that it has been done, where no answer says so. */
  isLookedUp?: boolean;
  /** Whether it is asked only to say more of an error, with which the job fails in any case. */
  besides?: boolean;
}

const kindIs =
  (kind: string) =>
  (passing: Passing): boolean =>
    passing.kind === kind;

const rangeOf = ({ headers }: Passing): string => String(headers['x-ms-range'] ?? headers.range ?? '');
/** The first mebibyte, which is looked at before anything else is done. */
const isFirstRead = (passing: Passing): boolean =>
  passing.kind === 'blob read' && rangeOf(passing) === 'bytes=0-1048575';
const isDownload = (passing: Passing): boolean => passing.kind === 'blob read' && !isFirstRead(passing);

/** All that the action asks by HTTPS, in the order in which it does. */
export const operations: readonly Operation[] = [
  {
    title: "GitHub's token",
    endpoint: 'github',
    job: 'backup',
    is: kindIs('github token'),
    tried: /GitHub/,
    strangersPass: true,
  },
  {
    title: "Entra ID's configuration",
    endpoint: 'entra',
    job: 'backup',
    is: kindIs('entra configuration'),
    tried: /^Signing in to Entra ID/,
    strangersPass: true,
  },
  {
    title: "Entra ID's token",
    endpoint: 'entra',
    job: 'restore',
    is: kindIs('entra token'),
    tried: /^Signing in to Entra ID/,
    strangersPass: true,
  },
  {
    title: "a vault's secret",
    endpoint: 'vault',
    job: 'backup',
    is: kindIs('vault secret'),
    tried: /^Reading /,
  },
  {
    title: 'the look whether a name is free',
    endpoint: 'blob',
    job: 'backup',
    is: kindIs('blob head'),
    tried: /^Looking for a blob named /,
    hasNoBody: true,
  },
  {
    title: 'the claim of a name',
    endpoint: 'blob',
    job: 'backup',
    is: kindIs('blob claim'),
    tried: /^Writing /,
    hasNoBody: true,
  },
  {
    title: 'the look who else claims a name',
    endpoint: 'blob',
    job: 'backup',
    is: kindIs('blob claims'),
    tried: /^Writing /,
  },
  {
    title: 'a block',
    endpoint: 'blob',
    job: 'backup',
    is: kindIs('blob block'),
    tried: /^Writing /,
    hasNoBody: true,
  },
  {
    title: 'the commit',
    endpoint: 'blob',
    job: 'backup',
    is: kindIs('blob commit'),
    tried: /^Publishing /,
    hasNoBody: true,
    isLookedUp: true,
  },
  {
    title: 'the look-up of a backup',
    endpoint: 'blob',
    job: 'restore',
    is: kindIs('blob head'),
    tried: /^Looking up backup /,
    hasNoBody: true,
  },
  {
    title: 'the first read of a backup',
    endpoint: 'blob',
    job: 'restore',
    is: isFirstRead,
    tried: /^(Reading|Downloading) /,
  },
  { title: 'a download', endpoint: 'blob', job: 'restore', is: isDownload, tried: /^Downloading / },
  { title: 'a stream', endpoint: 'blob', job: 'stream', is: isDownload, tried: /^Downloading / },
  {
    title: 'the list of backups',
    endpoint: 'blob',
    job: 'missing',
    is: kindIs('blob list'),
    tried: /^Looking up backup .*BlobNotFound/s,
    besides: true,
  },
];
