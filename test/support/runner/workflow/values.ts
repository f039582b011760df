import { type Contexts, evaluate, type Value } from './expressions.ts';
import type { Place } from './places.ts';

/** Evaluates whatever stands at a place, parts of lists and mappings too. */
export function evaluateAt(value: unknown, place: Place, contexts: Contexts): Value {
  if (typeof value === 'string') return evaluate(value, place, contexts);
  if (Array.isArray(value)) return value.map((item) => evaluateAt(item, place, contexts));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, part]) => [key, evaluateAt(part, place, contexts)]),
    );
  }
  return (value ?? null) as Value;
}

/** Evaluates where GitHub wants text: numbers and the like become text, lists and mappings are refused. */
export function textAt(value: unknown, place: Place, contexts: Contexts): string {
  return toText(evaluateAt(value, place, contexts));
}

/** Evaluates a mapping whose values have to be text. */
export function textsAt(
  mapping: Record<string, unknown> | undefined,
  place: Place,
  contexts: Contexts,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(mapping ?? {}).map(([name, value]) => [name, textAt(value, place, contexts)]),
  );
}

/** A value as GitHub puts it into text. */
export function toText(value: Value): string {
  if (typeof value === 'object' && value !== null) {
    throw new Error(Array.isArray(value) ? 'A sequence was not expected' : 'A mapping was not expected');
  }
  return String(value ?? '');
}

/**
 * A value as a type that was declared. Anything can be text, but text is no number and no boolean, not even `'5'`:
 * GitHub wants `fromJSON` there.
 */
export function toType(value: Value, type: 'string' | 'number' | 'boolean'): Value {
  if (type === 'string') return toText(value);
  if (typeof value !== type) throw new Error(`Unexpected value '${toText(value)}'`);
  return value;
}
