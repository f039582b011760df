import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import type { ActionMetadata } from '@actions/languageservice/action';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { parse } from 'yaml';

/** The inputs of other people's actions, as far as workflows here use them; what is not here is taken for a slip. */
const inputsOfOthers: Record<string, string[]> = {
  'actions/checkout': ['repository', 'ref', 'path', 'token', 'persist-credentials'],
  'actions/upload-artifact': ['name', 'path', 'include-hidden-files', 'retention-days'],
  'actions/download-artifact': ['name', 'path', 'pattern', 'merge-multiple'],
  'github/codeql-action/init': ['languages', 'queries', 'config'],
  'github/codeql-action/analyze': ['category'],
  'zizmorcore/zizmor-action': ['advanced-security', 'online-audits', 'min-severity'],
};

const repository = join(import.meta.dirname, '..', '..', '..');

// The library imports JSON without saying so, which Node refuses since version 22.
registerHooks({
  load: (url, context, next) =>
    next(url, url.endsWith('.json') ? { ...context, importAttributes: { type: 'json' } } : context),
});
const { validate } = await import('@actions/languageservice');

/**
 * What GitHub's own language service, which is behind its editor, has to say against a workflow: syntax, expressions and
 * the contexts in them, and what is handed to this repository's action and reusable workflow. One line for each finding.
 */
export async function checkWorkflow(text: string): Promise<string[]> {
  // The service remembers what it has parsed by its address: each text gets one of its own.
  const address = `file:///repository/.github/workflows/${randomUUID()}.yml`;
  const document = TextDocument.create(address, 'yaml', 1, namingOurAction(text));
  const findings = await validate(document, {
    actionsMetadataProvider: {
      fetchActionMetadata: ({ owner, name, path }) =>
        describeAction([owner, name, path].filter(Boolean).join('/')),
    },
    fileProvider: {
      getFileContent: async ({ path }) => ({
        name: path,
        content: await readFile(join(repository, path), 'utf8'),
      }),
    },
  });
  return findings.map(({ range, message }) => `line ${range.start.line + 1}: ${message}`);
}

async function describeAction(name: string): Promise<ActionMetadata | undefined> {
  if (name === 'this/action') return parse(await readFile(join(repository, 'action.yml'), 'utf8'));
  const inputs = inputsOfOthers[name]?.map((input) => [input, { description: '' }]);
  return inputs && { name, description: '', inputs: Object.fromEntries(inputs) };
}

/** It asks only for actions of other repositories what inputs they have: give ours such a name. */
function namingOurAction(text: string): string {
  const ours = /uses: (\.\/(\.postgres-azure-backup)?|OWNER\/postgres-azure-backup@COMMIT( # VERSION)?)$/gm;
  return text.replaceAll(ours, 'uses: this/action@main');
}
