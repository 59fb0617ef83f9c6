import {
  executeChild,
  proxyActivities,
  setCurrentDetails,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import { stageAttribute } from '../../src/workflows/search-attributes';

/** The workflows of the product and, beside them, bare ones to compare with. */
export * from '../../src/workflows';

export interface BareInput {
  /** Calls of an activity that does nothing, one after the other. */
  calls: number;
  /** Child workflows, which take their share of the calls. */
  children: number;
  /** Changes of a search attribute and of the details that the Temporal UI shows. */
  displays: number;
}

const { nothing } = proxyActivities<{ nothing(): Promise<void> }>({ startToCloseTimeout: '1 minute' });

/** As many activity calls as a cycle makes, and nothing else unless asked for. */
export async function bare({ calls, children, displays }: BareInput): Promise<void> {
  const perPart = Math.ceil(calls / (children + 1));
  for (let child = 0; child < children; child++) {
    await executeChild(bare, {
      workflowId: `${workflowInfo().workflowId}/${child}`,
      args: [{ calls: perPart, children: 0, displays: 0 }],
    });
  }
  const own = calls - children * perPart;
  for (let call = 0; call < own; call++) {
    if (call < displays) {
      upsertSearchAttributes([{ key: stageAttribute, value: `call ${call}` }]);
      setCurrentDetails(`Call ${call}`);
    }
    await nothing();
  }
}
