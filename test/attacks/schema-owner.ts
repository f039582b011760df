import { escapeIdentifier, escapeLiteral } from 'pg';
import { type Attack, type Scene, secretRow } from './attack.ts';

const who = 'the owner of a schema in the database';

/** Gives the stranger a schema, in which it makes something. */
async function plant({ superuser, server, stranger, database, world }: Scene, sql: string): Promise<void> {
  // Who makes the backups may read what the stranger has.
  await superuser.query(
    'postgres',
    `GRANT ${escapeIdentifier(stranger.user)} TO ${escapeIdentifier(world.login.user)}`,
  );
  await superuser.query(database, `CREATE SCHEMA author AUTHORIZATION ${escapeIdentifier(stranger.user)}`);
  await server.query(`SET search_path TO author; ${sql}`, { ...stranger, database });
}

/** .NET's idea of white space, by which the runner trims a line before it looks for a command; and what moves a cursor. */
const blanks = '\u0085\u00a0\u1680\u2000\u2028\u2029\u202f\u205f\u3000\u001b[2K\u0008\u000b\u000c';
const commands = [
  '::error::planted',
  '::add-mask::planted',
  '::set-output name=planted::planted',
  '##[group]planted',
];

/** Names that would be something else if they came to stand at the beginning of a line. */
const hostileNames = [
  'x\npg_restore: error: planted',
  'x\npg_restore: warning: errors ignored on restore: 7',
  'x\r\npg_dump: error: planted',
  '\npg_restore: from TOC entry 1; 1 2 planted',
  ...commands.flatMap((command) => [`x\n${command}`, `x\r${blanks}${command}`, `${blanks}${command}`]),
  '</summary><script>planted</script>```\n# planted',
  '`'.repeat(60),
].map((name) => name.slice(0, 60));

/** A function with which rows can be inserted by the stranger alone. */
const failingFor = (message: string, detail: string): string => `
  CREATE FUNCTION planted(int) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN
    IF current_user <> 'stranger' THEN RAISE EXCEPTION USING MESSAGE = ${message}, DETAIL = ${detail}, HINT = ${detail}; END IF;
    RETURN true;
  END $$;
  CREATE TABLE planted (id int CHECK (author.planted(id)));
  INSERT INTO planted VALUES (1)`;

/** What somebody can do whose schema is dumped and restored with all others. */
export const schemaOwner: readonly Attack[] = [
  {
    who,
    what: 'gives names that look like messages of the programs, or like commands for the runner',
    prepare: async (scene) => {
      const made = hostileNames.map(escapeIdentifier).map(
        (
          name,
          index,
        ) => `CREATE TABLE ${name} (id int, ${name} int GENERATED ALWAYS AS (id) STORED, CONSTRAINT ${name} CHECK (id > 0));
          COMMENT ON TABLE ${name} IS ${escapeLiteral(hostileNames[index] ?? '')};
          CREATE FUNCTION ${name}(int) RETURNS int LANGUAGE sql IMMUTABLE SECURITY DEFINER AS ${escapeLiteral(`SELECT 1 /* ${hostileNames[index]} */`)};
          CREATE INDEX ${escapeIdentifier(`${index}${hostileNames[index]}`.slice(0, 60))} ON ${name} (author.${name}(id));
          INSERT INTO ${name} VALUES (1)`,
      );
      await plant(scene, made.join(';\n'));
      return { backup: await scene.backup() };
    },
  },
  {
    who,
    what: 'has a restore fail with many lines that look like keys of rows',
    aims: ['backup', 'swap'],
    prepare: async (scene, aim) => {
      const lines = "repeat(E'Key (a)=(SSN-078-05-1120)\\n', 20000)".replaceAll('\\\\', '\\');
      await plant(scene, failingFor(lines, lines));
      return aim === 'backup'
        ? {}
        : { backup: await scene.backup(), error: /was not (changed|touched by this restore)/ };
    },
  },
  {
    who,
    what: 'has a restore fail with backticks and commands for the runner',
    aims: ['backup', 'swap'],
    prepare: async (scene, aim) => {
      const lines = commands.map((command) => `\n${blanks}${command}\r${command}`).join('');
      await plant(scene, failingFor(`repeat('\`', 200000) || ${escapeLiteral(lines)}`, escapeLiteral(lines)));
      return aim === 'backup'
        ? {}
        : { backup: await scene.backup(), error: /was not (changed|touched by this restore)/ };
    },
  },
  {
    who,
    what: 'has a restore fail with a row in the message of a function',
    aims: ['swap'],
    prepare: async (scene) => {
      await plant(scene, failingFor("'no such person: SSN-078-05-1120'", "'SSN-078-05-1120'"));
      return { backup: await scene.backup(), error: /was not (changed|touched by this restore)/ };
    },
  },
  ...(['warning: %', 'error: %'] as const).map(
    (level): Attack => ({
      who,
      what: `has a function say a row like pg_restore (${level})`,
      aims: ['swap'],
      prepare: async (scene) => {
        const plain = failingFor("'x'", "'x'");
        const from = 'pg_restore: from TOC entry 1; 1 2 TRIGGER a b c';
        const forged = `${from}\\npg_restore: ${level.replace('%', 'could not execute query: ERROR:  %')}`;
        const said = `RAISE WARNING E'x\\n${forged}\\npg_restore: ${level}', '${secretRow}', '${secretRow}'`;
        const fails = level.startsWith('error');
        const goesOn = fails ? '' : 'RETURN true;';
        await plant(scene, plain.replace('RAISE EXCEPTION', `${said}; ${goesOn} RAISE EXCEPTION`));
        return {
          backup: await scene.backup(),
          ...(fails && { error: /was not (changed|touched by this restore)/ }),
        };
      },
    }),
  ),
];
