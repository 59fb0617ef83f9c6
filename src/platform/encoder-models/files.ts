/** The files of a sentence encoder, as they are called in a folder of ours. */
export const modelFile = 'model.onnx';
export const tokenizerFile = 'tokenizer.json';

/** Where the model itself may lie in a folder, the first that is there; hubs keep several sizes in `onnx/`. */
export const usualModelPaths = ['model.onnx', 'onnx/model_quantized.onnx', 'onnx/model.onnx'];

/** What says more about the model, where it is there: limits, prompts, pooling as sentence-transformers keeps them. */
export const optionalFiles = [
  'tokenizer_config.json',
  'config_sentence_transformers.json',
  'sentence_bert_config.json',
  '1_Pooling/config.json',
];
