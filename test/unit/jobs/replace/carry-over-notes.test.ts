import { describe, expect, test } from 'vitest';
import { wideningObjects } from '../../../../src/jobs/preflight/privileges/widening-grants.ts';
import type { ElevatedObject } from '../../../../src/jobs/preflight/privileges/withheld.ts';
import {
  describeGiven,
  notesOfPrivileges,
  notesOfRefused,
} from '../../../../src/jobs/replace/carry-over-notes.ts';
import type { LostPrivileges } from '../../../../src/postgres/privileges/lost-privileges.ts';
import type { PropertyKind } from '../../../../src/postgres/properties/statements.ts';

test.each<[string, PropertyKind[], string]>([
  ['nothing', [], ''],
  ['one setting', ['setting'], '1 setting'],
  ['what only everybody had', ['withdrawn right'], '1 withdrawn right'],
  [
    'all of it',
    ['withdrawn right', 'right', 'right', 'setting', 'comment', 'connection limit', 'closed to connections'],
    '1 setting, 2 rights, 1 withdrawn right, the comment, the connection limit, that nobody may connect',
  ],
])('a restored database was given %s', (_, kinds, words) => {
  expect(describeGiven(kinds)).toBe(words);
});

describe('what the role could not give', () => {
  const owner = {
    kind: 'owner' as const,
    what: 'the owner',
    reason: 'it was "a", and is "b" now',
    sql: 'ALTER DATABASE "m" OWNER TO "a";',
  };
  const secret = {
    kind: 'setting' as const,
    what: 'the setting "app.secret"',
    reason: 'permission denied',
    sql: undefined,
  };

  test('is nothing', () => {
    expect(notesOfRefused([], 'old')).toEqual([]);
  });

  test('is listed with its reasons, and with the SQL for whoever may', () => {
    expect(notesOfRefused([owner, secret], 'old')).toEqual([
      {
        text: [
          'Set 2 properties as an administrator of the server: the old database had them, and this role may not set them.',
          '- the owner: it was "a", and is "b" now',
          '- the setting "app.secret": permission denied (its value is not shown here)',
          'Run:',
        ].join('\n'),
        sql: [owner.sql],
      },
    ]);
  });

  test('promises no SQL where there is none', () => {
    const [note] = notesOfRefused([secret], 'old');
    expect(note?.text).not.toContain('SQL');
    expect(note?.sql).toEqual([]);
  });
});

describe('who has lost rights', () => {
  const nothing: Omit<LostPrivileges, 'rights'> = {
    ...{ roles: [], grantedToPublic: 0, revokedFromPublic: 0, defaultPrivileges: 0 },
    ...{ script: [], administratorScript: [] },
  };
  const told = (lost: Partial<LostPrivileges>) =>
    notesOfPrivileges('moodle', { ...nothing, ...lost }, 'old', nobody);
  const script = ['GRANT SELECT ON TABLE t TO app;'];
  const nobody = wideningObjects([], new Map());
  const definitionOf = (name: string) => ({
    ...{ name, schema: 'public', owner: 'weak', tablespace: '', dependencies: [], sql: '' },
  });
  const work = (
    id: number,
    { type, name }: { type: string; name: string },
    how: Partial<ElevatedObject>,
  ): ElevatedObject => ({
    entry: { id, type, name, schema: 'public', owner: 'weak', text: '' },
    ...{ definition: definitionOf(name), former: 'weak', object: undefined, more: true },
    ...{ byItself: true, unasked: false, byKeys: [], ...how },
  });
  const head = '-- In database "moodle", as the role that restored it:';

  test('is nobody, or is not asked', () => {
    expect(notesOfPrivileges('moodle', undefined, 'old', nobody)).toEqual([]);
    expect(told({})).toEqual([]);
  });

  test('is told by role, by what it owned and what it had rights on', () => {
    const roles = [
      { role: 'app', owns: 0, holds: 2 },
      { role: 'it\'s "x"', owns: 3, holds: 0 },
      { role: 'both', owns: 1, holds: 1 },
    ];
    const [note] = told({ roles, script });
    expect(note?.text).toBe(
      'Give 3 roles their privileges back, as in the old database: "app" (2 objects), "it\'s \\"x\\"" (owner of 3 objects), "both" (1 object, owner of 1 object).\n' +
        'Run this in "moodle", as the role that restored it:',
    );
    expect(note?.sql).toEqual([head, ...script]);
  });

  test('is everybody', () => {
    expect(told({ grantedToPublic: 2, revokedFromPublic: 1, script })[0]?.text).toContain(
      'Set the privileges of PUBLIC again, as in the old database: PUBLIC had privileges on 2 objects, and 1 object closed to PUBLIC before can be used by all now.',
    );
  });

  test('are more than have room', () => {
    const roles = Array.from({ length: 12 }, (_, i) => ({ role: `r${i}`, owns: 0, holds: 1 }));
    expect(told({ roles, script })[0]?.text).toContain('"r9" (1 object) and 2 more');
  });

  test('rights by which others would get at more stand apart', () => {
    const apart = [
      'GRANT SELECT, INSERT ON TABLE public."Seen" TO app, PUBLIC;',
      'GRANT SELECT(i) ON TABLE public."Seen" TO "x ON TABLE y TO z" WITH GRANT OPTION;',
      'GRANT EXECUTE ON FUNCTION public.f(text, integer[]) TO app;',
      'GRANT DELETE ON TABLE public.parent TO app;',
    ];
    const plain = [
      'GRANT SELECT ON TABLE public.seen TO app;',
      'GRANT SELECT ON TABLE public.parent TO app;',
      'GRANT EXECUTE ON FUNCTION public.f(text) TO app;',
      'ALTER DEFAULT PRIVILEGES FOR ROLE o GRANT SELECT ON TABLES TO app;',
      'REVOKE SELECT ON TABLE public."Seen" FROM PUBLIC;',
    ];
    const objects = [
      work(1, { type: 'VIEW', name: 'Seen' }, {}),
      work(2, { type: 'FUNCTION', name: 'f(text, integer[])' }, {}),
      work(3, { type: 'TABLE', name: 'child' }, { byItself: false, byKeys: [4] }),
    ];
    const owned = new Map(
      [
        'ALTER VIEW public."Seen" OWNER TO weak;',
        'ALTER FUNCTION public.f(a text, VARIADIC b integer[]) OWNER TO weak;',
        'ALTER TABLE public.child OWNER TO weak;',
        'ALTER TABLE public.parent OWNER TO weak;',
      ].map((sql, place) => [place + 1, { ...(objects[place]?.definition ?? definitionOf('parent')), sql }]),
    );
    const lost = { ...nothing, script: [...plain, ...apart] };
    const notes = notesOfPrivileges('moodle', lost, 'old', wideningObjects(objects, owned));
    expect(notes.map(({ sql }) => sql)).toEqual([
      [head, ...plain],
      [head, ...apart],
    ]);
    expect(notes[1]?.text).toMatch(/^Kept apart: privileges .* \(4 statements\)/);
    expect(
      notesOfPrivileges('moodle', { ...nothing, script: apart }, 'old', wideningObjects(objects, owned)),
    ).toHaveLength(1);
  });

  test('what only an administrator may run is marked so', () => {
    const administratorScript = ['GRANT SELECT ON TABLE pg_catalog.pg_authid TO app;'];
    const mark = '-- The rest as an administrator of the server:';
    expect(told({ script, administratorScript })[0]?.sql).toEqual([
      ...[head, ...script],
      ...[mark, ...administratorScript],
    ]);
    expect(told({ administratorScript })[0]?.sql).toEqual([head, mark, ...administratorScript]);
  });
});
