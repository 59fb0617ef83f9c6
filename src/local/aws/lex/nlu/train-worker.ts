import { parentPort, workerData } from 'node:worker_threads';
import { type Example, trainIntentModel } from './model';

/** Trains off the event loop: `workerData` holds the examples, the model is posted back. */
parentPort!.postMessage(trainIntentModel(workerData as Example[]));
