/** Geographies of Bedrock's inference profiles, which stand before the model's id. */
const profileForm = /^(?:us|us-gov|eu|apac|au|ca|jp|global)\.(.+)$/;

/**
 * What a policy must allow for a model on Bedrock: the model itself, or an inference profile with the model in whatever
 * region it sends a question to.
 */
export function modelArns(
  modelId: string,
  { partition, region, account }: { partition: string; region: string; account: string },
): string[] {
  if (modelId.startsWith('arn:')) return [modelId];
  const [, model] = profileForm.exec(modelId) ?? [];
  if (model === undefined) return [`arn:${partition}:bedrock:${region}::foundation-model/${modelId}`];
  return [
    `arn:${partition}:bedrock:${region}:${account}:inference-profile/${modelId}`,
    `arn:${partition}:bedrock:*::foundation-model/${model}`,
  ];
}
