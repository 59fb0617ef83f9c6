import type { Command } from 'commander';
import { InvalidInputError } from '../domain/errors';
import { describeApprovals, type DecisionAction } from '../domain/review';
import { authorOf, terminalColumns } from './context';
import { findReview, finishReview, listPhrases, listReview, sendDecision } from '../operations/reviews';
import { formatPhrases, formatReview } from './format-review';
import { toJson, wholeNumber, withPipeline, type CommandContext } from './session';

export function addReview(program: Command, { output }: CommandContext): void {
  const review = program
    .command('review')
    .description('look at the proposals that wait for a person, and decide')
    .addHelpText(
      'after',
      `
Examples:
  npx ciclo review cafe
  npx ciclo review cafe show p-1a2b3c4d
  npx ciclo review cafe accept p-1a2b3c4d --name PreguntarWifi
  npx ciclo review cafe merge p-1a2b3c4d p-5e6f7a8b
  npx ciclo review cafe split p-1a2b3c4d --members 0011aabb,2233ccdd --name ClaveWifi
  npx ciclo review cafe assign p-5e6f7a8b ReservarMesa
  npx ciclo review cafe move --members 0011aabb,2233ccdd --to p-5e6f7a8b   (or an intent, --name NewIntent, --aside)
  npx ciclo review cafe reject p-9c0d1e2f p-0a1b2c3d --reason "small talk"
  npx ciclo review cafe accept-all
  npx ciclo review cafe finish`,
    )
    .argument('<pipeline>', 'name or file of the pipeline')
    .argument(
      '[action]',
      'list, show, accept, accept-all, rename, merge, split, move, assign, reject, put-aside, reopen, undo, redo or finish',
      'list',
    )
    .argument('[arguments...]', 'proposals; for assign and rename the intent or name last')
    .option('--cycle <number>', 'the review of that cycle; else the one that waits', wholeNumber)
    .option('--name <name>', 'name of the new intent')
    .option('--members <ids>', 'for split and move: ids of the phrases that leave, with commas between them')
    .option('--to <id>', 'for move: the proposal, or the intent that the bot has')
    .option('--aside', 'for move: into the tray')
    .option('--reason <text>', 'why; kept with the decision')
    .option('--author <name>', 'who decides')
    .option(
      '--decisions <number>',
      'for finish: how many you have seen; refused when there are others now',
      count,
    )
    .option('--json', 'for programs');
  review.action(
    (
      pipeline: string,
      action: string,
      given: string[],
      options: {
        cycle?: number;
        name?: string;
        members?: string;
        to?: string;
        aside?: boolean;
        reason?: string;
        author?: string;
        decisions?: number;
        json?: boolean;
      },
    ) =>
      withPipeline(pipeline, async ({ client, store, configuration }) => {
        const workflowId = await findReview(client, configuration.name, options.cycle);
        const author = authorOf(options.author);
        if (action === 'finish') {
          const view = await finishReview(client, workflowId, author, options.decisions);
          output.out(
            view.finished
              ? `The review is finished; the cycle goes on. Follow it: npx ciclo run ${configuration.name} --attach`
              : ['Your approval stands.', ...describeApprovals(view)].join('\n'),
          );
          return;
        }
        if (action === 'show') {
          const listing = await listReview(client, store, workflowId);
          const phrases = await listPhrases(store, listing, given[0] ?? '');
          if (options.json) output.out(toJson(phrases));
          else output.out(formatPhrases(phrases));
          return;
        }
        if (action !== 'list') {
          await sendDecision(client, workflowId, {
            ...toDecision(action, given, options),
            author,
            reason: options.reason,
          });
        }
        const listing = await listReview(client, store, workflowId);
        if (options.json) output.out(toJson(listing));
        else output.out(formatReview(listing, terminalColumns()));
      }),
  );
}

/** For an option: 0, 1, 2 … */
function count(text: string): number {
  return text === '0' ? 0 : wholeNumber(text);
}

/** The decision that the words of a call make. */
function toDecision(
  action: string,
  given: string[],
  options: { name?: string; members?: string; to?: string; aside?: boolean },
): DecisionAction {
  const [first, second] = given;
  const wants = (what: string, value: string | undefined): string => {
    if (value === undefined)
      throw new InvalidInputError(`"${action}" needs ${what}; see "npx ciclo review --help".`);
    return value;
  };
  switch (action) {
    case 'accept':
      wants('a proposal', first);
      return { action, ...subjects(given), name: options.name };
    case 'accept-all':
    case 'undo':
    case 'redo':
      return { action };
    case 'rename':
      return { action, proposal: wants('a proposal', first), name: wants('a name', options.name ?? second) };
    case 'merge':
      return { action, proposals: given, name: options.name };
    case 'split':
      return {
        action,
        proposal: wants('a proposal', first),
        members: wants('--members', options.members).split(','),
        name: wants('--name', options.name),
      };
    case 'assign':
      return { action, proposal: wants('a proposal', first), intent: wants('an intent', second) };
    case 'move': {
      const { to, name, aside } = options;
      // Ids of proposals hold a dash after one letter, which no intent's name of Ciclo's making does.
      const target = to === undefined ? {} : /^[a-z]-/.test(to) ? { proposal: to } : { intent: to };
      return {
        action,
        members: wants('--members', options.members).split(','),
        ...target,
        ...(name !== undefined && { name }),
        ...(aside === true && { aside }),
      };
    }
    case 'reject':
    case 'put-aside':
    case 'reopen':
      wants('a proposal', first);
      return { action, ...subjects(given) };
    default:
      throw new InvalidInputError(`There is no action "${action}"; see "npx ciclo review --help".`, {
        action,
      });
  }
}

/** One proposal, or several at once. */
function subjects(given: string[]): { proposal: string } | { proposals: string[] } {
  const [first = '', ...others] = given;
  return others.length === 0 ? { proposal: first } : { proposals: given };
}
