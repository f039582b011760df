import { makeMask } from './render-log.ts';
import type { StepResult } from './step-result.ts';
import { type LogEvent, readLog } from './workflow-commands.ts';

/**
 * The log of a step, debug messages included, without the lines by which it tells what to mask: as it wrote it, and as the
 * runner shows it, with values masked from the moment they are known.
 */
export function logsOf({ log, post }: StepResult): { raw: string; shown: string } {
  const lines = `${log}\n${post?.log ?? ''}`.split('\n');
  const mask = makeMask([]);
  const raw: string[] = [];
  const shown: string[] = [];
  for (const [index, event] of readLog(lines.join('\n')).entries()) {
    if (event.kind === 'mask') mask.add(event.value);
    else {
      raw.push(lines[index] ?? '');
      shown.push(mask.apply(wordsOf(event)));
    }
  }
  return { raw: raw.join('\n'), shown: shown.join('\n') };
}

function wordsOf(event: Exclude<LogEvent, { kind: 'mask' }>): string {
  switch (event.kind) {
    case 'annotation':
      return `${event.annotation.title}\n${event.annotation.message}`;
    case 'group':
      return event.title;
    case 'debug':
      return event.message;
    case 'endgroup':
      return '';
    default:
      return event.text;
  }
}

/** All that a step has put where others may read it, by where that is. */
export function placesOf(step: StepResult): Record<string, string> {
  const files = Object.entries(step.commandFiles).map(([name, text]) => [`the file ${name}`, text]);
  return {
    'the log': logsOf(step).raw,
    'an annotation': step.annotations.map(({ title, message }) => `${title}\n${message}`).join('\n'),
    'an output': Object.values(step.outputs).join('\n'),
    'a command line that was seen': step.processes.flatMap(({ commandLines }) => commandLines).join('\n'),
    ...Object.fromEntries(files),
  };
}
