import { data, Evaluator, Lexer, Parser } from '@actions/expressions';
import { allowedAt, type Place } from './places.ts';

/** A value of a workflow, as JSON knows it. */
export type Value = string | number | boolean | null | Value[] | { [key: string]: Value };

/** The contexts that are filled, by name. One that is allowed but not filled is empty. */
export type Contexts = Record<string, unknown>;

/** What `success()` and its like answer; a place that has no such functions needs none. */
export interface Status {
  success: boolean;
  failure: boolean;
}

/** Evaluates a text with or without `${{ }}`. A text that is one expression keeps the type of its value. */
export function evaluate(text: string, place: Place, contexts: Contexts, status?: Status): Value {
  const expression = toExpression(text);
  return expression === undefined ? text : evaluateExpression(expression, place, contexts, status);
}

/**
 * Evaluates an `if:`, which is an expression with and without `${{ }}`, and means `success()` as well unless it
 * asks for a status itself.
 */
export function evaluateIf(
  condition: unknown,
  contexts: Contexts,
  place: Place = 'jobs.<job_id>.if',
  status: Status = { success: true, failure: false },
): boolean {
  return Boolean(evaluateExpression(toCondition(condition), place, contexts, status));
}

/** The expression that an `if:` stands for. */
export function toCondition(condition: unknown): string {
  const text = String(condition ?? '').trim();
  const expression = toExpression(text) ?? text;
  if (expression === '') return 'success()';
  return asksForStatus(expression) ? expression : `success() && (${expression})`;
}

/**
 * The expression that a text with `${{ }}` stands for, nothing if it is mere text. As on GitHub, an expression
 * amidst text becomes an argument of `format`.
 */
export function toExpression(text: string): string | undefined {
  const expressions: string[] = [];
  let pattern = '';
  let rest = text;
  for (let start = rest.indexOf('${{'); start >= 0; start = rest.indexOf('${{')) {
    const end = endOfExpression(rest, start + 3);
    pattern += `${escapeForFormat(rest.slice(0, start))}{${expressions.length}}`;
    expressions.push(rest.slice(start + 3, end).trim());
    rest = rest.slice(end + 2);
  }
  pattern += escapeForFormat(rest);
  if (expressions.length === 0) return undefined;
  return pattern === '{0}' ? expressions[0] : `format('${pattern}', ${expressions.join(', ')})`;
}

/** Fails unless an expression is well-formed, and uses nothing that its place does not have. */
export function parseExpression(expression: string, place: Place) {
  const { namedContexts, functions } = allowedAt(place);
  return new Parser(new Lexer(expression).lex().tokens, namedContexts, functions).parse();
}

function evaluateExpression(expression: string, place: Place, contexts: Contexts, status?: Status): Value {
  const tree = parseExpression(expression, place);
  const filled = allowedAt(place).namedContexts.map((name) => ({
    key: name,
    value: toData(contexts[name] ?? {}),
  }));
  const result = new Evaluator(tree, new data.Dictionary(...filled), statusFunctions(status)).evaluate();
  return JSON.parse(JSON.stringify(result, data.replacer)) as Value;
}

function statusFunctions(status: Status | undefined) {
  const answers = { success: status?.success, failure: status?.failure, always: true, cancelled: false };
  return new Map(
    [...Object.entries(answers), ['hashfiles', undefined] as const].map(([name, answer]) => [
      name,
      {
        ...{ name, minArgs: 0, maxArgs: Number.MAX_SAFE_INTEGER },
        call: () => {
          if (answer === undefined) throw new Error(`${name}() is not played here`);
          return new data.BooleanData(answer);
        },
      },
    ]),
  );
}

function asksForStatus(expression: string): boolean {
  return /\b(success|failure|always|cancelled)\s*\(/i.test(expression.replaceAll(/'[^']*'/g, "''"));
}

/** Where the `}}` stands that is not inside a string. */
function endOfExpression(text: string, start: number): number {
  let inString = false;
  for (let index = start; index < text.length; index++) {
    if (text[index] === "'") inString = !inString;
    if (!inString && text.startsWith('}}', index)) return index;
  }
  throw new Error(`The expression is not closed: ${text.slice(start - 3)}`);
}

function escapeForFormat(text: string): string {
  return text.replaceAll("'", "''").replaceAll('{', '{{').replaceAll('}', '}}');
}

function toData(value: unknown): data.ExpressionData {
  return JSON.parse(JSON.stringify(value), data.reviver) as data.ExpressionData;
}
