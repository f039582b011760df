import type { Group } from './row.ts';

/** Inputs that cannot be right: nothing at all is asked or done. */
export const inputs: Group = {
  title: 'Inputs',
  rows: [
    {
      what: 'The job is unknown',
      seen: 'job_to_run must be backup or restore',
      remedy: 'Set `job_to_run` to `backup` or `restore`',
      cases: [
        {
          job: 'backup',
          concurrent: true,
          arrange: () => ({
            inputs: { job_to_run: 'destroy' },
            message:
              'An input is wrong, and nothing was done:\n- job_to_run must be backup or restore; it is "destroy"',
          }),
        },
      ],
    },
  ],
};
