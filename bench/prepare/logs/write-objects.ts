import { addTruths, type LogTruth } from './truth';
import { writeObject, type ObjectPlan } from './write-object';

/** A process of its own: writes the objects that its parent sends and answers with what is in them. */
process.once('message', (plans: ObjectPlan[]) => {
  void (async () => {
    const truths: LogTruth[] = [];
    for (const plan of plans) truths.push(await writeObject(plan));
    process.send!(addTruths(truths), () => process.disconnect());
  })();
});
