import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { escapeIdentifier, escapeLiteral } from 'pg';
import { expect } from 'vitest';
import type { Attack, Scene } from './attack.ts';

const who = 'a role that may only log in';

const shadowed = ['shadowed-functions', 'shadowed-functions-2'].map((name) =>
  readFileSync(new URL(`../cases/${name}.sql`, import.meta.url), 'utf8'),
);

/** The stranger holds a lock as a restore takes it; what a lock is called is no secret. */
async function holdLock({ server, stranger, database }: Scene, how: (numbers: string) => string) {
  const session = await server.connect({ ...stranger, database: 'postgres' });
  await session.query(how(`hashtext('postgres-azure-backup restore ${database}'), 0`));
  return session;
}

/** What anybody who may connect to a server can do there. */
export const loginRole: readonly Attack[] = [
  {
    who,
    what: 'puts functions, operators and views called like the server’s own into public',
    prepare: async ({ server, stranger, database }) => {
      for (const sql of shadowed) await server.query(sql, { ...stranger, database });
      return {};
    },
  },
  {
    who,
    what: 'holds the lock of the next restore in a session',
    aims: ['swap', 'drop'],
    prepare: async (scene) => {
      const session = await holdLock(scene, (numbers) => `SELECT pg_advisory_lock(${numbers})`);
      return { undo: () => session.end() };
    },
  },
  {
    who,
    what: 'holds the lock of the next restore in a prepared transaction',
    aims: ['swap', 'drop'],
    prepare: async (scene) => {
      const prepare = "PREPARE TRANSACTION 'planted'";
      const session = await holdLock(
        scene,
        (numbers) => `BEGIN; SELECT pg_advisory_xact_lock(${numbers}); ${prepare}`,
      );
      await session.end();
      return { undo: () => scene.superuser.query('postgres', "ROLLBACK PREPARED 'planted'") };
    },
  },
  {
    who,
    what: 'calls its sessions as those are called that create and replace databases',
    prepare: async ({ server, stranger, database }) => {
      const session = await server.connect({ ...stranger, database: 'postgres' });
      const fresh = `SELECT datname FROM pg_database WHERE datname ~ '^${database}_(before|restore)_' ORDER BY 1`;
      let over = false;
      const posing = (async () => {
        while (!over) {
          const { rows } = await session.query<{ datname: string }>(fresh);
          const hash = createHash('sha256')
            .update(rows[0]?.datname ?? database)
            .digest('hex')
            .slice(0, 16);
          await session.query(`SET application_name = 'postgres-azure-backup create ${hash}'`);
        }
      })();
      return {
        undo: async () => {
          over = true;
          await posing;
          await session.end();
        },
      };
    },
  },
  {
    who,
    what: 'has settings of 60 kB in the database',
    prepare: async ({ server, stranger, database }) => {
      const path = Array.from({ length: 12_000 }, (_, index) => `"${index}"`).join(', ');
      const given = { application_name: `${'\\"'.repeat(20_000)}Key (a)=(b)`, search_path: path };
      for (const [name, text] of Object.entries(given)) {
        const value = name === 'search_path' ? text : escapeLiteral(text);
        await server.query(
          `ALTER ROLE "${stranger.user}" IN DATABASE "${database}" SET ${name} = ${value}`,
          stranger,
        );
      }
      return {};
    },
  },
  ...['true', 'false'].map(
    (no_privileges): Attack => ({
      who,
      what: `waits for a restore to use functions and views with rights that they did not have (no_privileges: ${no_privileges})`,
      aims: ['swap', 'drop'],
      prepare: async (scene) => {
        const { server, superuser, jobs, world, stranger, database } = scene;
        const limited = `limited_${randomBytes(4).toString('hex')}`;
        await superuser.query(
          'postgres',
          `CREATE ROLE ${limited}; GRANT ${limited} TO ${escapeIdentifier(world.login.user)}`,
        );
        await superuser.query(database, `GRANT CREATE ON SCHEMA public TO ${limited}`);
        await jobs.query(
          database,
          `CREATE FUNCTION public.hidden() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS 'SELECT count(*) FROM public.note';
         REVOKE ALL ON FUNCTION public.hidden() FROM PUBLIC;
         SET ROLE ${limited};
         CREATE FUNCTION public.peek() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS 'SELECT count(*) FROM public.note';
         CREATE VIEW public.peeked AS SELECT * FROM public.note;
         GRANT SELECT ON public.peeked TO PUBLIC`,
        );
        const tries = ['SELECT public.hidden()', 'SELECT public.peek()', 'SELECT * FROM public.peeked'];
        const refusedAll = async (): Promise<void> => {
          for (const sql of tries)
            await expect(server.query(sql, { ...stranger, database }), sql).rejects.toThrow(
              'permission denied',
            );
        };
        await refusedAll();
        return { backup: await scene.backup(), inputs: { no_privileges }, holds: refusedAll };
      },
    }),
  ),
];
