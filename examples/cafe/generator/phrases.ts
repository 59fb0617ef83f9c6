import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** `examples/cafe` */
export const exampleFolder = path.resolve(__dirname, '..');

/** What people say about one topic; the most usual phrases come first. */
export interface TopicPhrases {
  /** The name of a live intent, `hidden:…` for what the bot does not know, `junk` or `foreign`. */
  topic: string;
  phrases: string[];
}

/** What people answer when the bot asks for a slot's value or a confirmation. */
export interface DialoguePhrases {
  slots: Record<string, string[]>;
  confirm: string[];
  deny: string[];
}

/** A phrase with invented personal data in it, and each value exactly as it stands there. */
export interface PlantedPhrase {
  text: string;
  topic: string;
  personal: { kind: string; value: string }[];
}

/** A sixth topic that turns up in the later logs only. */
export const laterTopic = 'hidden:calefaccion';

export function readTopics(): TopicPhrases[] {
  const folder = path.join(exampleFolder, 'phrases');
  return readdirSync(folder)
    .sort()
    .filter((file) => file !== 'dialogue.json')
    .map((file) => readJson<TopicPhrases>(path.join(folder, file)));
}

export function readDialoguePhrases(): DialoguePhrases {
  return readJson<DialoguePhrases>(path.join(exampleFolder, 'phrases', 'dialogue.json'));
}

export function readPlantedPhrases(): PlantedPhrase[] {
  return readJson<{ phrases: PlantedPhrase[] }>(path.join(exampleFolder, 'planted-personal-data.json'))
    .phrases;
}

export function readJson<T>(file: string): T {
  return JSON.parse(readFileSync(file, 'utf8')) as T;
}
