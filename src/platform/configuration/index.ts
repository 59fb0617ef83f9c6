export { findPipelineFile, pipelineNames } from './find-pipeline';
export { parsePipelineFile, parsePipelineText } from './pipeline-file';
