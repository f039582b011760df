import { count } from '../../../base/format.ts';
import type { Access } from '../access.ts';
import type { Probe } from './probe.ts';
import { settingOf, type Told } from './settings.ts';

/** Whether something is on, and what is known of it, or why nothing is: a part of a sentence, or empty. */
export interface SafetySetting {
  state: 'on' | 'off' | 'unknown';
  detail: string;
}

/** What can be seen of how the account keeps what is deleted or replaced. */
export interface Safety {
  /** Of blobs. */
  softDelete: SafetySetting;
  containerSoftDelete: SafetySetting;
  versioning: SafetySetting;
  /** By a policy or a legal hold on the container. */
  immutability: SafetySetting;
  hierarchicalNamespace: SafetySetting;
}

/**
 * What can be seen of how the account keeps what is deleted or replaced, as far as the rights of the sign-in go. None of it is waited for
 * longer than a few seconds.
 * @param probe what was seen when one was written
 */
export async function safetyOf(access: Access, signal: AbortSignal, probe?: Probe): Promise<Safety> {
  const [service, container, account] = await Promise.all([
    settingOf(access, signal, (abortSignal) => access.account?.getProperties({ abortSignal })),
    settingOf(access, signal, (abortSignal) => access.container.getProperties({ abortSignal })),
    settingOf(access, signal, (abortSignal) => access.container.getAccountInfo({ abortSignal })),
  ]);
  signal.throwIfAborted();
  return {
    softDelete: softDelete(service, probe),
    containerSoftDelete: { state: 'unknown', detail: 'Azure tells it to its administrators only' },
    versioning: versioning(container, probe),
    immutability: immutability(container),
    hierarchicalNamespace: hierarchicalNamespace(account, probe),
  };
}

type ServiceTold = Told<Awaited<ReturnType<NonNullable<Access['account']>['getProperties']>>>;
type ContainerTold = Told<Awaited<ReturnType<Access['container']['getProperties']>>>;
type AccountTold = Told<Awaited<ReturnType<Access['container']['getAccountInfo']>>>;

/** A policy that is told counts; else what became of the probe, which says nothing where its versions are kept. */
function softDelete(service: ServiceTold, probe: Probe | undefined): SafetySetting {
  const policy = 'told' in service ? service.told.deleteRetentionPolicy : undefined;
  if (policy !== undefined) {
    const days = policy.days === undefined ? '' : `for ${count(policy.days, 'day')}`;
    return policy.enabled ? { state: 'on', detail: days } : { state: 'off', detail: '' };
  }
  if (probe?.isKept !== undefined && probe.isVersioned === false)
    return { state: probe.isKept ? 'on' : 'off', detail: '' };
  return { state: 'unknown', detail: 'why' in service ? service.why : 'the account does not tell it' };
}

function versioning(container: ContainerTold, probe: Probe | undefined): SafetySetting {
  if ('told' in container && container.told.isImmutableStorageWithVersioningEnabled)
    return { state: 'on', detail: '' };
  if (probe?.isVersioned !== undefined) return { state: probe.isVersioned ? 'on' : 'off', detail: '' };
  return { state: 'unknown', detail: 'only a blob that is written tells it' };
}

function immutability(container: ContainerTold): SafetySetting {
  if ('why' in container) return { state: 'unknown', detail: container.why };
  const { hasImmutabilityPolicy, hasLegalHold, isImmutableStorageWithVersioningEnabled } = container.told;
  const kinds = [
    ...(hasImmutabilityPolicy ? ['a policy on the container'] : []),
    ...(hasLegalHold ? ['a legal hold on the container'] : []),
    ...(isImmutableStorageWithVersioningEnabled ? ['policies for single versions'] : []),
  ];
  if (kinds.length > 0) return { state: 'on', detail: kinds.join(', ') };
  if (hasImmutabilityPolicy === undefined && hasLegalHold === undefined)
    return { state: 'unknown', detail: 'the account does not tell it' };
  return { state: 'off', detail: '' };
}

function hierarchicalNamespace(account: AccountTold, probe: Probe | undefined): SafetySetting {
  if (probe?.isHierarchical) return { state: 'on', detail: '' };
  if ('why' in account) return { state: 'unknown', detail: account.why };
  const { isHierarchicalNamespaceEnabled: isOn } = account.told;
  if (isOn === undefined) return { state: 'unknown', detail: 'the account does not tell it' };
  return { state: isOn ? 'on' : 'off', detail: '' };
}
