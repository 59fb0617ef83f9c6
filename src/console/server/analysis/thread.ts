import { parentPort } from 'node:worker_threads';
import { perform, type CountedMaterials, type Message, type Result } from './tasks';

/** Counts beside the server, which goes on answering meanwhile. */
const port = parentPort;
if (!port) throw new Error('This is a worker thread of the console.');
const kept = new Map<number, CountedMaterials>();
port.on('message', (message: Message) => {
  if (message.kind === 'keep') kept.set(message.number, message.materials);
  else if (message.kind === 'forget') kept.delete(message.number);
  else port.postMessage(resultOf(message));
});

function resultOf({ id, number, task }: Extract<Message, { kind: 'do' }>): Result {
  try {
    return { id, answer: perform(task, kept.get(number)!) };
  } catch (error) {
    return { id, failure: (error as Error).message };
  }
}
