import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

/*
 * The house, from the roof to the ground: a file imports from its own room, and from those of floors below. Where a room is not named,
 * the one that it lies in counts.
 */
const floors = [
  ['src/main.ts', 'src/post.ts'],
  ['src/runner'],
  [
    'src/jobs/backup.ts',
    'src/jobs/restore.ts',
    'src/jobs/list.ts',
    'src/jobs/prune.ts',
    'src/jobs/protect.ts',
    'src/jobs/check.ts',
    'src/jobs/undo',
  ],
  ['src/jobs/check'],
  ['src/jobs/backup', 'src/jobs/replace', 'src/jobs/list'],
  ['src/jobs/retention'],
  ['src/jobs/preflight'],
  ['src/jobs/archive'],
  ['src/jobs'],
  ['src/azure/sign-in', 'src/azure/vault', 'src/azure/storage'],
  ['src/azure'],
  [
    'src/postgres/dump',
    'src/postgres/restore',
    'src/postgres/swap',
    'src/postgres/properties',
    'src/postgres/privileges',
  ],
  ['src/postgres/archive', 'src/postgres/server'],
  ['src/postgres/client', 'src/postgres/session', 'src/postgres/errors'],
  ['src/base'],
];

/** Rooms that lie side by side in a room of this list may import one another, as long as there is no circle. */
const neighbours = ['src/postgres'];

type Imports = ReadonlyMap<string, readonly string[]>;

/** Every file of the house with the files that it imports, also those that it only loads when it needs them. */
function importsOf(root: string): Imports {
  const files = readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => path.posix.join('src', file.replaceAll(path.sep, '/')));
  return new Map(
    files.map((file) => {
      const text = readFileSync(path.join(root, file), 'utf8');
      const places = [
        ...text.matchAll(/^(?:import|export|\} from)\b.*?'(\.[^']+)';$|import\('(\.[^']+)'\)/gm),
      ];
      return [
        file,
        places.map((place) => path.posix.join(path.posix.dirname(file), place[1] ?? place[2] ?? '')),
      ];
    }),
  );
}

const rooms = floors.flatMap((names, floor) => names.map((name) => ({ name, floor })));

/** The longest name of a room that a file lies in. */
function roomOf(file: string): { name: string; floor: number } {
  const fitting = rooms.filter(({ name }) => file === name || file.startsWith(`${name}/`));
  const room = fitting.toSorted((a, b) => b.name.length - a.name.length)[0];
  if (!room) throw new Error(`${file} lies in no room`);
  return room;
}

/** The arrows that must not be, each with its two files. */
function wrongArrows(imports: Imports): string[] {
  const wrong: string[] = [];
  for (const [file, imported] of imports) {
    for (const other of imported) {
      const [from, to] = [roomOf(file), roomOf(other)];
      if (from.name === to.name) continue;
      const across = [file, other].map((one) => one.split('/')[1]).toSorted();
      if (across.join() === 'azure,postgres') wrong.push(`${file} imports ${other}, across`);
      else if (to.floor < from.floor) wrong.push(`${file} imports ${other}, up`);
      else if (to.floor === from.floor && !areNeighbours(from.name, to.name))
        wrong.push(`${file} imports ${other}, across`);
    }
  }
  return [...wrong, ...circles(imports), ...circlesOfRooms(imports)];
}

function areNeighbours(one: string, other: string): boolean {
  return neighbours.some((name) => one.startsWith(`${name}/`) && other.startsWith(`${name}/`));
}

/** Circles, each told once, as the way from a file back to itself. */
function circles(arrows: Imports): string[] {
  const found = new Map<string, string>();
  const done = new Set<string>();
  const walk = (file: string, way: readonly string[]): void => {
    const at = way.indexOf(file);
    if (at >= 0) {
      const circle = way.slice(at);
      found.set(circle.toSorted().join(), `in a circle: ${[...circle, file].join(' imports ')}`);
      return;
    }
    if (done.has(file)) return;
    for (const other of arrows.get(file) ?? []) walk(other, [...way, file]);
    done.add(file);
  };
  for (const file of arrows.keys()) walk(file, []);
  return [...found.values()];
}

/** Circles of rooms on one floor, each with the two files that close it. */
function circlesOfRooms(imports: Imports): string[] {
  const between = new Map<string, string>();
  for (const [file, imported] of imports) {
    for (const other of imported) {
      const [from, to] = [roomOf(file).name, roomOf(other).name];
      if (from !== to) between.set(`${from} ${to}`, `${file} imports ${other}`);
    }
  }
  const arrows = new Map<string, string[]>();
  for (const key of between.keys()) {
    const [from = '', to = ''] = key.split(' ');
    arrows.set(from, [...(arrows.get(from) ?? []), to]);
  }
  return circles(arrows).map((circle) => {
    const names = circle.replace('in a circle: ', '').split(' imports ');
    const pairs = names.slice(1).map((to, index) => between.get(`${names[index]} ${to}`) ?? '');
    return `rooms in a circle: ${pairs.join('; ')}`;
  });
}

const root = path.join(import.meta.dirname, '..', '..');

test('every arrow of the house runs down', () => {
  const imports = importsOf(root);
  expect([...imports.values()].flat().length).toBeGreaterThan(400);
  expect(wrongArrows(imports)).toEqual([]);
});

test.each([
  [['src/base/a.ts', 'src/jobs/result.ts'], 'src/base/a.ts imports src/jobs/result.ts, up'],
  [
    ['src/azure/cloud.ts', 'src/postgres/server/a.ts'],
    'src/azure/cloud.ts imports src/postgres/server/a.ts, across',
  ],
  [
    ['src/postgres/errors/a.ts', 'src/azure/vault/b.ts'],
    'src/postgres/errors/a.ts imports src/azure/vault/b.ts, across',
  ],
  [
    ['src/jobs/preflight/rights/a.ts', 'src/jobs/replace/b.ts'],
    'src/jobs/preflight/rights/a.ts imports src/jobs/replace/b.ts, up',
  ],
  [
    ['src/jobs/backup/a.ts', 'src/jobs/replace/b.ts'],
    'src/jobs/backup/a.ts imports src/jobs/replace/b.ts, across',
  ],
  [['src/jobs/archive/a.ts', 'src/runner/b.ts'], 'src/jobs/archive/a.ts imports src/runner/b.ts, up'],
  [
    ['src/postgres/session/a.ts', 'src/postgres/archive/b.ts'],
    'src/postgres/session/a.ts imports src/postgres/archive/b.ts, up',
  ],
])('a wrong arrow is told: %j', ([file = '', other = ''], told) => {
  expect(wrongArrows(new Map([[file, [other]]]))).toEqual([told]);
});

test('a circle of files is told, and one of rooms', () => {
  const [a, b] = ['src/base/a.ts', 'src/base/b.ts'];
  expect(
    wrongArrows(
      new Map([
        [a, [b]],
        [b, [a]],
      ]),
    ),
  ).toEqual([`in a circle: ${a} imports ${b} imports ${a}`]);
  const [one, two, three] = [
    'src/postgres/swap/a.ts',
    'src/postgres/restore/b.ts',
    'src/postgres/restore/c.ts',
  ];
  const [four] = ['src/postgres/swap/d.ts'];
  expect(
    wrongArrows(
      new Map([
        [one, [two]],
        [three, [four]],
      ]),
    ),
  ).toEqual([`rooms in a circle: ${one} imports ${two}; ${three} imports ${four}`]);
});

test('no name has two definitions in two files', () => {
  const places = new Map<string, string[]>();
  for (const file of importsOf(root).keys()) {
    const text = readFileSync(path.join(root, file), 'utf8');
    const defined = text.matchAll(
      /^(?:export )?(?:async )?(?:function\*?|const|let|class|interface|type) (\w+)/gm,
    );
    for (const [, name = ''] of defined) places.set(name, [...(places.get(name) ?? []), file]);
  }
  expect(places.size).toBeGreaterThan(800);
  // A function may have several signatures, in its own file.
  const twice = [...places].filter(([, files]) => new Set(files).size > 1);
  expect(twice).toEqual([]);
});

test('a room has few files, and a file few lines', () => {
  const files = [...importsOf(root).keys()];
  const inRoom = Map.groupBy(files, (file) => path.posix.dirname(file));
  for (const [room, those] of inRoom)
    expect({ room, files: those.length > 14 }).toEqual({ room, files: false });
  const lines = (file: string) => readFileSync(path.join(root, file), 'utf8').trimEnd().split('\n').length;
  expect(files.filter((file) => lines(file) > 200)).toEqual([]);
});
