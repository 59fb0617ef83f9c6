import type { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { fine, notChecked, type Finding } from '../../domain/doctor';
import { embedderName, embedderSettings, type OnnxEmbedderSettings } from '../../domain/embedding';
import type { PipelineConfiguration } from '../../domain/pipeline';
import { createEmbedder } from '../../jobs/discover/embedders';
import { converse } from '../../platform/bedrock/calls';
import { findModel } from '../../platform/encoder-models/resolve';
import type { ObjectStore } from '../../platform/storage/object-store';
import type { Check } from '../check';

/** What is asked of a model, for a few tokens. */
const question = 'hello';

/** Whether the encoder is there, or the model on Bedrock answers. Nothing where the pipeline needs none. */
export function embedderCheck(
  bedrock: BedrockRuntimeClient,
  store: ObjectStore,
  { discover }: PipelineConfiguration,
): Check {
  return {
    id: 'embedder',
    group: 'pipeline',
    title: 'The embedder',
    async run(signal) {
      const settings = embedderSettings(discover.embedder);
      switch (settings?.engine) {
        case 'onnx':
          return [await lookForEncoder(settings, discover.engine, store, signal)];
        case 'bedrock': {
          const { columns } = await createEmbedder({ ...settings }, discover.seed, { bedrock }).embed([
            question,
          ]);
          return [
            fine(`The model ${settings.modelId} on Bedrock answers, with ${columns} numbers a point.`, {
              modelId: settings.modelId,
              dimensions: columns,
            }),
          ];
        }
        case 'lexical':
        case undefined:
          return [];
      }
    },
  };
}

async function lookForEncoder(
  settings: OnnxEmbedderSettings,
  engine: PipelineConfiguration['discover']['engine'],
  store: ObjectStore,
  signal: AbortSignal,
): Promise<Finding> {
  const isElsewhere = /^(?:s3:\/\/|hub:)/.test(settings.model);
  if (engine === 'batch' && !isElsewhere) {
    return notChecked(
      `whether the jobs' image holds the model ${settings.model}, because they run on AWS Batch.`,
      {
        next: 'Put the model below an s3:// prefix, or into the image of the job definition.',
      },
    );
  }
  const found = await findModel(settings, { store }, signal);
  if (found.state === 'fetchable')
    return fine(`The sentence encoder can be fetched from ${found.source}.`, { source: found.source });
  const { folder, sha256 } = found.model;
  return fine(`The sentence encoder ${embedderName(settings)} is in ${folder}, SHA-256 ${sha256.model}.`, {
    folder,
    sha256: sha256.model,
  });
}

/** Whether the model that suggests names answers. Nothing where the pipeline asks none. */
export function namingCheck(
  bedrock: BedrockRuntimeClient,
  { discover: { naming } }: PipelineConfiguration,
): Check {
  return {
    id: 'naming',
    group: 'pipeline',
    title: 'The model that suggests names',
    async run(signal) {
      if (naming === undefined) return [];
      const { modelId } = naming;
      await converse(
        bedrock,
        modelId,
        { system: question, prompt: question, maxTokens: 1 },
        { abortSignal: signal },
      );
      return [fine(`The model ${modelId} on Bedrock answers questions.`, { modelId })];
    },
  };
}
