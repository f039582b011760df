import { permissionNames } from './places.ts';
import type { PermissionsDefinition } from './workflow-file.ts';

type Level = 'none' | 'read' | 'write';

/** What a job's token may do; what is not named it may not. */
export type Permissions = Record<string, Level>;

const levels: readonly string[] = ['none', 'read', 'write'];

/** What a `permissions:` grants, nothing if there is none. */
export function toPermissions(definition: PermissionsDefinition | undefined): Permissions | undefined {
  if (definition === undefined) return undefined;
  if (typeof definition === 'object') return definition as Permissions;
  return everything(definition === 'write-all' ? 'write' : 'read');
}

/**
 * What a repository's setting grants where a workflow says nothing. With the permissive setting, a called workflow
 * of the same owner may ask for an ID token, although no job has it by default.
 */
export function defaultPermissions(
  setting: 'read' | 'write',
  idToken: 'none' | 'write' = 'none',
): Permissions {
  return setting === 'read'
    ? { contents: 'read', packages: 'read' }
    : { ...everything('write'), 'id-token': idToken };
}

/** What is asked for beyond what is granted, in GitHub's words; undefined if all is granted. */
export function excess(requested: Permissions, granted: Permissions): string | undefined {
  const tooMuch = Object.entries(requested).filter(
    ([name, level]) => levels.indexOf(level) > levels.indexOf(granted[name] ?? 'none'),
  );
  const list = (level: (name: string) => string) =>
    tooMuch.map(([name]) => `${name}: ${level(name)}`).join(', ');
  return tooMuch.length === 0
    ? undefined
    : `is requesting '${list((name) => requested[name] ?? 'none')}', but is only allowed '${list((name) => granted[name] ?? 'none')}'.`;
}

function everything(level: Level): Permissions {
  return Object.fromEntries(permissionNames().map((name) => [name, level]));
}
