import fc from 'fast-check';
import { describe, expect } from 'vitest';
import { detailOf } from '../../src/azure/rest-error.ts';
import { explainEntraError } from '../../src/azure/sign-in/errors.ts';
import { explainGitHubError } from '../../src/azure/sign-in/github-token.ts';
import { rehydrateAdvice } from '../../src/azure/storage/blob-commands.ts';
import { explainStorageError, storageFailure } from '../../src/azure/storage/errors.ts';
import { howToSet } from '../../src/azure/vault/asked-secret.ts';
import { combined, explainVaultError } from '../../src/azure/vault/errors.ts';
import { problemWithSecret } from '../../src/azure/vault/found-secret.ts';
import { causeOf } from '../../src/base/failure.ts';
import { explainSystemError } from '../../src/base/system-errors.ts';
import { hostileText } from '../support/fuzz/hostile-text.ts';
import { anyBody, anyJson, anyRestError, anyThrown } from '../support/fuzz/rest-errors.ts';
import { property } from '../support/fuzz/rounds.ts';

const asked = {
  vaultName: 'kv-prod',
  tenantId: 'tenant',
  clientId: 'client',
  name: 'db-user',
  input: 'db_user_secret_name',
} as const;
const attempt = {
  clientId: '3f0d3c9b-6d53-4f6e-9c11-2b1f6a1f6e01',
  tenantId: '9b6c0c4e-8a43-4b5a-a3a7-6a6f9d7f5b02',
  authorityHost: 'https://login.microsoftonline.com',
  assertion: 'e30.e30.x',
};

/** What people are told has words in it, and nothing that JavaScript says where nobody thought of something. */
function isTold({ cause, advice }: { cause: string; advice?: string | undefined }): void {
  for (const text of advice === undefined ? [cause] : [cause, advice]) {
    expect(typeof text).toBe('string');
    expect(text).not.toMatch(/Cannot read prop|is not a function|is not iterable/);
  }
  if (advice !== undefined) expect(advice.trim()).not.toBe('');
}

describe('a refusal of Azure, whatever it says', () => {
  property('has a code and a message that are texts', [anyRestError()], (error) => {
    const detail = detailOf(error, new Map([['BlobNotFound', 'It is not there.']]));
    for (const text of Object.values(detail)) expect(typeof text).toBe('string');
  });
  property('by the storage account is explained', [anyThrown()], (error) => {
    isTold(explainStorageError(error));
    expect(storageFailure('Reading a blob', error).message).toContain('Reading a blob failed: ');
  });
  property('by a vault is explained', [anyThrown()], (error) => isTold(explainVaultError(error, asked)));
});

describe('a secret, whatever the vault has handed out', () => {
  const secret = fc.record(
    { value: hostileText(), expiresOn: fc.date({ noInvalidDate: true }) },
    { requiredKeys: [] },
  );
  property('is found right, or said to be wrong', [secret], ({ value, expiresOn }) => {
    const found = { value: value ?? '', ...(expiresOn && { expires: expiresOn }) };
    const problem = problemWithSecret(found, asked);
    if (problem) {
      isTold(problem);
      expect(combined([{ name: 'a', ...problem }])).toEqual(problem);
    } else expect(found.value.includes('\0')).toBe(false);
  });
  property(
    'is set by three lines, whatever it is called',
    [hostileText(), hostileText()],
    (vaultName, name) => {
      const [, ...lines] = howToSet({ vaultName, name, input: 'db_user_secret_name' }).split('\n');
      expect(lines).toHaveLength(3);
      expect(lines.at(-1)).toMatch(/^IFS= read -rs value && [^\r]*; unset value$/);
    },
  );
});

describe('a refusal of a sign-in, whatever it says', () => {
  const assertion = fc.oneof(
    anyJson().map((claims) => `e30.${Buffer.from(JSON.stringify(claims) ?? '').toString('base64url')}.x`),
    hostileText(),
  );
  const refusal = fc.oneof(
    fc
      .tuple(fc.constantFrom('700213', '700016', '90002', '53003', '1', '99999999999'), hostileText())
      .map(([code, words]) => new Error(`invalid_client: AADSTS${code}: ${words}`)),
    anyBody().map((body) => new Error(body)),
    anyThrown(),
  );
  property('by Entra ID is explained', [refusal, assertion], (error, presented) =>
    isTold(explainEntraError(error, { ...attempt, assertion: presented })),
  );
  property('by GitHub is explained', [refusal], (error) => isTold(explainGitHubError(error)));
});

describe('anything that is thrown', () => {
  property('has a cause', [anyThrown()], (thrown) => {
    expect(typeof causeOf(thrown)).toBe('string');
  });
  property('is an error of the system, or it is not', [anyThrown()], (thrown) => {
    const explained = explainSystemError(thrown);
    if (explained) isTold(explained);
  });
});

describe('the command that moves a blob out of the archive tier', () => {
  property('has each name on a line of its own', [hostileText(4), hostileText(4)], (name, container) => {
    const [, ...lines] = rehydrateAdvice({ account: '', container, name }).split('\n');
    expect(lines).toHaveLength(4);
    expect(lines.slice(0, 3).map((line) => / # (\w+)$/.exec(line)?.[1])).toEqual([
      ...['STORAGE_ACCOUNT_NAME', 'STORAGE_CONTAINER_NAME', 'backup_file_name'],
    ]);
    expect(lines[3]).toMatch(/^az storage blob set-tier /);
  });
});
