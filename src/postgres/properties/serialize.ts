import { type DatabaseProperties, databaseRights, type Grant, type Setting } from './read.ts';

/**
 * Rights on a database as a short text, for what is written down with a backup, which has little room.
 * @param fits whether there is room for a text
 * @returns empty where they are the built-in ones; only everybody's where there is no room for all
 */
export function recordedGrants(
  grants: DatabaseProperties['grants'],
  fits: (text: string) => boolean,
): string {
  if (grants === null) return '';
  const text = JSON.stringify(grants);
  return fits(text) ? text : JSON.stringify(grants.filter(({ grantee }) => grantee === null));
}

/** What `JSON.stringify` has made of properties; undefined if it is anything else. */
export function parseProperties(value: unknown): DatabaseProperties | undefined {
  return isProperties(value) ? value : undefined;
}

function isProperties(value: unknown): value is DatabaseProperties {
  const { owner, tablespace, connectionLimit, allowConnections, isTemplate, comment, settings, grants } =
    recordFields(value);
  return (
    [owner, tablespace].every((name) => typeof name === 'string') &&
    Number.isInteger(connectionLimit) &&
    [allowConnections, isTemplate].every((is) => typeof is === 'boolean') &&
    isTextOrNull(comment) &&
    Array.isArray(settings) &&
    settings.every(isSetting) &&
    (grants === null || (Array.isArray(grants) && grants.every(isGrant)))
  );
}

function isSetting(value: unknown): value is Setting {
  const { role, name, value: text } = recordFields(value);
  return isTextOrNull(role) && typeof name === 'string' && typeof text === 'string';
}

function isTextOrNull(value: unknown): value is string | null {
  return value === null || typeof value === 'string';
}

function recordFields(value: unknown): Partial<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

/** The rights that a record has; undefined if it has none, or what is not one. */
export function parseGrants(text: string | undefined): Grant[] | undefined {
  if (!text) return undefined;
  try {
    const found: unknown = JSON.parse(text);
    return Array.isArray(found) && found.every(isGrant) ? found : undefined;
  } catch {
    return undefined;
  }
}

function isGrant(value: unknown): value is Grant {
  const { grantee, privileges, grantable } = recordFields(value);
  return (
    isTextOrNull(grantee) &&
    typeof grantable === 'boolean' &&
    Array.isArray(privileges) &&
    privileges.every((right) => databaseRights.includes(right))
  );
}
