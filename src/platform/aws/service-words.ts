/** Longer explanations are cut; the whole text of Lex's reasons is kept in an artifact. */
const mostCharacters = 400;

const quotations = [
  /"[^"]*"/g,
  /“[^”]*”/g,
  /«[^»]*»/g,
  /`[^`]*`/g,
  // An apostrophe stands within a word, a quotation mark at its edge.
  /(?<![\p{L}\d])'.*?'(?![\p{L}\d])/gu,
];

/** Names of resources and members, which a person needs to know: ids, locales, ARNs, camel-case names, enumerations. */
const speakingName =
  /^(?:DRAFT|[A-Z\d]{10}|[a-z]{2}_[A-Z]{2}|arn:[\w:/.*-]+|[a-z]+(?:[A-Z][a-z\d]*)+|(?:[A-Z][a-z\d]+){2,}|[A-Z]+(?:_[A-Z]+)+)$/;

/**
 * What a service says about a failure, as far as it may go into failures, logs and notifications: a validation
 * message may quote the phrase that it refuses, so everything in quotation marks that is no name is left out, and
 * what remains is shortened.
 *
 * @param words of the service, without a full stop at the end in the result
 */
export function presentableWords(words: string): string {
  const unquoted = quotations.reduce(
    (text, quotation) =>
      text.replace(quotation, (found) => (speakingName.test(found.slice(1, -1)) ? found : '…')),
    words.replace(/\s+/g, ' ').trim(),
  );
  const short = unquoted.length > mostCharacters ? `${unquoted.slice(0, mostCharacters - 1)}…` : unquoted;
  return short.replace(/[.\s]+$/, '');
}
