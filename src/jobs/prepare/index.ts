export { prepareFolder, type PreparedFolder } from './folder';
export { runPrepare } from './prepare';
