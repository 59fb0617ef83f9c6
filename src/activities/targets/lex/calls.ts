import { Context, CancelledFailure } from '@temporalio/activity';
import { translateAwsError } from '../../../platform/aws/errors';
import { presentableWords } from '../../../platform/aws/service-words';

/**
 * Calls AWS for an activity: cancelled with it, its errors translated.
 * @param operation of the API, for messages
 * @param subject what it is about, e.g. `bot CafeBot`; never an utterance
 */
export async function callAws<T>(
  operation: string,
  subject: string,
  send: (options: { abortSignal: AbortSignal }) => Promise<T>,
): Promise<T> {
  const { cancellationSignal, cancelled } = Context.current();
  try {
    return await send({ abortSignal: cancellationSignal });
  } catch (error) {
    // The SDK says "aborted"; Temporal must hear that it was a cancellation.
    if (cancellationSignal.aborted) await cancelled;
    if (error instanceof CancelledFailure) throw error;
    throw translateAwsError(error, { operation, subject });
  }
}

/** All items of a paginated list. */
export async function listAws<Page, Item>(
  operation: string,
  subject: string,
  pages: () => AsyncIterable<Page>,
  itemsOf: (page: Page) => Item[] | undefined,
): Promise<Item[]> {
  return callAws(operation, subject, async () => {
    const items: Item[] = [];
    for await (const page of pages()) items.push(...(itemsOf(page) ?? []));
    return items;
  });
}

/** The reasons that Lex gives for a failure, as part of a sentence; what they quote is left out. */
export function reasonsOf({ failureReasons }: { failureReasons?: string[] }): string {
  return failureReasons?.map(presentableWords).join('; ') || 'Lex gave no reason';
}
