import { statSync } from 'node:fs';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The folders of test/, those first whose files take longest. */
const folders = ['thorough', 'integration', 'fuzz', 'unit'];

/**
 * Begins what takes long before what is soon over, so that no single file is left in the end while all other cores rest. What is known
 * before a first run is a file's size, and that a small one in which nothing but a call stands runs what is declared elsewhere.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return files
      .map((file) => ({ file, folder: folderOf(file.moduleId), length: lengthOf(file.moduleId) }))
      .sort((a, b) => a.folder - b.folder || b.length - a.length)
      .map(({ file }) => file);
  }
}

function folderOf(path: string): number {
  return folders.findIndex((folder) => path.includes(`/test/${folder}/`));
}

function lengthOf(path: string): number {
  const { size } = statSync(path);
  return size < 1_500 ? Number.POSITIVE_INFINITY : size;
}
