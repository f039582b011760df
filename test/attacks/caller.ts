import type { Attack } from './attack.ts';

const who = 'who may give the inputs, and nothing else';
const refused = /nothing was (done|changed)/i;

/** Inputs come from a form, from another workflow, or from what that takes from an issue's title. */
export const caller: readonly Attack[] = [
  {
    who,
    what: 'gives an option that leads the programs elsewhere',
    prepare: (_, aim) => ({
      inputs:
        aim === 'backup'
          ? { pg_dump_options: '--no-comments --file=/tmp/planted' }
          : { pg_restore_options: '--no-comments --dbname=postgres' },
      error: refused,
    }),
  },
  {
    who,
    what: 'gives names with commands for the runner in them',
    prepare: ({ database }) => ({
      inputs: { db_name: `${database}\n\u0085::add-mask::planted\r::error::planted` },
      error: /db_name|does not exist/,
    }),
  },
  {
    who,
    what: 'gives a name that is a connection string',
    prepare: () => ({
      inputs: { db_name: 'host=planted.invalid dbname=postgres sslmode=disable' },
      error: /host=planted\.invalid/,
    }),
    aims: ['backup'],
  },
  {
    who,
    what: 'gives the name of a blob that is a path',
    prepare: () => ({
      inputs: { backup_file_name: '../../planted\n::error::planted' },
      error: /backup_file_name|planted/,
    }),
    aims: ['swap', 'drop'],
  },
];
