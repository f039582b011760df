// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are GitHub's expressions, not JavaScript's

import { describe, expect, test } from 'vitest';
import { evaluate, evaluateIf, toExpression } from '../support/runner/workflow/expressions.ts';
import { allowedAt, placeOf } from '../support/runner/workflow/places.ts';
import { evaluateAt, textAt, toType } from '../support/runner/workflow/values.ts';

const name = 'jobs.<job_id>.name';

describe('text with expressions', () => {
  const contexts = { inputs: { word: 'it', size: 5, on: true, list: ['a'] } };

  test.each([
    ['mere text', 'mere text'],
    ['${{ inputs.size }}', 5],
    ['${{ inputs.on }}', true],
    ['${{ inputs.list }}', ['a']],
    ['${{ inputs.missing }}', null],
    ['${{ inputs.WORD }}', 'it'],
    [' ${{ inputs.size }}', ' 5'],
    ["${{ inputs.word }}'s {0} {{${{ inputs.on }}}", "it's {0} {{true}"],
    ["${{ '}} it''s' }}", "}} it's"],
    ["${{ inputs.missing }}|${{ inputs.missing || 'other' }}", '|other'],
    ["${{ fromJSON('[1, 2]') }}", [1, 2]],
    ['${{ 0.5 }}', 0.5],
  ])('%s', (text, value) => {
    expect(evaluate(text, name, contexts)).toEqual(value);
  });

  test('one that is not closed is refused', () => {
    expect(() => toExpression('${{ inputs.word')).toThrow('not closed');
  });

  test('a list is no text', () => {
    expect(evaluateAt(['${{ inputs.size }}', 'b'], 'jobs.<job_id>.runs-on', contexts)).toEqual([5, 'b']);
    expect(() => textAt('${{ inputs.list }}', name, contexts)).toThrow('A sequence was not expected');
    expect(textAt('${{ inputs.size }}', name, contexts)).toBe('5');
  });

  test('anything primitive can be text, but text is no number', () => {
    expect([toType(5, 'string'), toType(null, 'string'), toType(5, 'number')]).toEqual(['5', '', 5]);
    expect(() => toType('5', 'number')).toThrow("Unexpected value '5'");
    expect(() => toType('true', 'boolean')).toThrow("Unexpected value 'true'");
  });
});

describe('a condition', () => {
  const fine = { success: true, failure: false };
  const broken = { success: false, failure: true };
  const where = 'jobs.<job_id>.steps.<step>.if';

  test.each([
    [undefined, true, false],
    ['', true, false],
    [false, false, false],
    ["github.ref == 'REFS/heads/main'", true, false],
    ["${{ github.ref == 'refs/heads/main' }}", true, false],
    ["${{ github.ref }} == 'other'", true, false],
    ['!cancelled()', true, true],
    ['always()', true, true],
    ['failure()', false, true],
    ["failure() && github.ref == 'x'", false, false],
    ["'failure()' != ''", true, false],
    ["contains(github.ref, 'nothing')", false, false],
  ])('%s', (condition, after, afterFailure) => {
    const contexts = { github: { ref: 'refs/heads/main' } };
    expect(evaluateIf(condition, contexts, where, fine)).toBe(after);
    expect(evaluateIf(condition, contexts, where, broken)).toBe(afterFailure);
  });
});

describe('contexts that a place does not have', () => {
  test.each([
    ['jobs.<job_id>.if', 'secrets.X'],
    ['jobs.<job_id>.if', 'env.X'],
    ['jobs.<job_id>.steps.<step>.if', 'secrets.X'],
    ['jobs.<job_id>.concurrency', 'secrets.X'],
    ['jobs.<job_id>.environment', 'secrets.X'],
    ['jobs.<job_id>.name', 'steps.x.outputs.y'],
    ['jobs.<job_id>.runs-on', 'secrets.X'],
    ['jobs.<job_id>.timeout-minutes', 'env.X'],
    ['jobs.<job_id>.with', 'secrets.X'],
    ['on.workflow_call.outputs.<output_id>.value', 'needs.x.outputs.y'],
  ] as const)('%s: %s', (place, expression) => {
    expect(() => evaluate(`\${{ ${expression} }}`, place, {})).toThrow('Unrecognized named-value');
  });

  test('functions of a status are for conditions', () => {
    expect(() => evaluate('${{ success() }}', name, {})).toThrow('Unrecognized function');
  });

  test('are those that the documentation lists', () => {
    expect(allowedAt('jobs.<job_id>.concurrency').namedContexts.sort()).toEqual([
      'github',
      'inputs',
      'matrix',
      'needs',
      'strategy',
      'vars',
    ]);
    expect(allowedAt('jobs.<job_id>.if').namedContexts.sort()).toEqual(['github', 'inputs', 'needs', 'vars']);
  });
});

test('a path in a file belongs to the nearest place', () => {
  expect(placeOf(['jobs', 'restore', 'environment', 'name'])).toBe('jobs.<job_id>.environment');
  expect(placeOf(['jobs', 'restore', 'environment', 'url'])).toBe('jobs.<job_id>.environment.url');
  expect(placeOf(['jobs', 'restore', 'steps', '0', 'with', 'path'])).toBe('jobs.<job_id>.steps.<step>.with');
  expect(placeOf(['jobs', 'restore', 'permissions', 'contents'])).toBeUndefined();
});
