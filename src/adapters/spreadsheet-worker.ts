import { parentPort } from 'node:worker_threads';
import { type SpreadsheetJob, spreadsheetWork } from './spreadsheet-work.ts';

parentPort?.on('message', (job: SpreadsheetJob) => {
  void spreadsheetWork(job).then((reply) => parentPort?.postMessage(reply));
});
