import { checkJobs } from './check-jobs';
import { checkLex } from './check-lex';
import { checkNotifications } from './check-notifications';
import { checkStore } from './check-store';
import { checkWorkflows } from './check-workflows';
import type { Records, Truth, Violation } from './records';

/** Everything that is not as it has to be after a run. */
export function check(records: Records, truth: Truth): Violation[] {
  return [checkWorkflows, checkLex, checkNotifications, checkJobs, checkStore].flatMap((one) =>
    one(records, truth),
  );
}
