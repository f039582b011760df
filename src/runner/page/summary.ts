import type { Result } from '../../jobs/result.ts';
import { summaryOfCheck } from './check.ts';
import { summaryOfList } from './list.ts';
import type { Page } from './page.ts';
import { summaryOfProtection } from './protection.ts';
import { summaryOfPrune } from './prune.ts';
import { summaryOfTransfer } from './transfer.ts';

/**
 * What a job came to, as Markdown.
 * @param now for the age of what is told
 */
export function summaryOf(result: Result, page: Page = {}, now = new Date()): string {
  switch (result.job) {
    case 'backup':
    case 'restore':
      return summaryOfTransfer(result, page, now);
    case 'prune':
      return summaryOfPrune(result, page);
    case 'protect':
    case 'unprotect':
      return summaryOfProtection(result, page, now);
    case 'list':
      return summaryOfList(result, page);
    case 'check':
      return summaryOfCheck(result);
  }
}
