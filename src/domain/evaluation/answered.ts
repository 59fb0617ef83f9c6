import { InvalidInputError } from '../errors';
import { outOfScope } from '../utterance';
import type { EvaluationItem, ModelRole, Prediction, Unanswered } from './inputs';
import type { IntentGroup } from './schema';

/** An item that both models answered. */
export interface AnsweredItem {
  item: EvaluationItem;
  group: IntentGroup;
  champion: Prediction;
  challenger: Prediction;
}

/**
 * Brings items and answers together. Every item ends either among the answered or, with the reason, among the unanswered.
 *
 * @param known reasons for missing answers, as far as they are known
 * @throws InvalidInputError when an item or an answer occurs twice, or an answer belongs to no item
 */
export function matchAnswers(
  items: readonly EvaluationItem[],
  predictions: Record<ModelRole, readonly Prediction[]>,
  newIntents: ReadonlySet<string>,
  known: readonly Unanswered[],
): { answered: AnsweredItem[]; unanswered: Unanswered[] } {
  const ids = new Set(items.map((item) => item.id));
  if (ids.size !== items.length) {
    throw new InvalidInputError(
      'Two evaluation items have the same id, so answers cannot be told apart. Give every item its own id.',
      { items: items.length, distinctIds: ids.size },
    );
  }
  const answers = {
    champion: byItem(predictions.champion, 'champion', ids),
    challenger: byItem(predictions.challenger, 'challenger', ids),
  };
  const reasons = new Map(known.map(({ itemId, model, reason }) => [`${model} ${itemId}`, reason]));

  const answered: AnsweredItem[] = [];
  const unanswered: Unanswered[] = [];
  for (const item of items) {
    const champion = answers.champion.get(item.id);
    const challenger = answers.challenger.get(item.id);
    if (champion && challenger) {
      answered.push({ item, group: groupOf(item.intent, newIntents), champion, challenger });
      continue;
    }
    for (const model of ['champion', 'challenger'] as const) {
      if (answers[model].has(item.id)) continue;
      const reason = reasons.get(`${model} ${item.id}`) ?? 'no-prediction';
      unanswered.push({ itemId: item.id, model, reason });
    }
  }
  return { answered, unanswered };
}

/** Which group the items of an intent belong to. */
export function groupOf(intent: string, newIntents: ReadonlySet<string>): IntentGroup {
  if (intent === outOfScope) return 'out-of-scope';
  return newIntents.has(intent) ? 'new' : 'existing';
}

function byItem(
  predictions: readonly Prediction[],
  model: ModelRole,
  ids: ReadonlySet<string>,
): Map<string, Prediction> {
  const answers = new Map<string, Prediction>();
  for (const prediction of predictions) {
    if (!ids.has(prediction.itemId) || answers.has(prediction.itemId)) {
      throw new InvalidInputError(
        `The ${model} answered an item that ${ids.has(prediction.itemId) ? 'it had answered already' : 'is not being evaluated'}. ` +
          'Collect the answers of one evaluation only, one an item.',
        { model, itemId: prediction.itemId },
      );
    }
    answers.set(prediction.itemId, prediction);
  }
  return answers;
}
