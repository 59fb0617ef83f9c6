import type { ConsoleProposal } from '../../../api';
import { Dialog } from '../../dialogs/dialog';
import { useSettings } from '../../settings/settings';
import { Text } from '../../text/phrase';
import { asVisible } from '../../text/visible';
import { nameProblem } from '../names';
import { useReviewSession } from '../review-session';

interface Properties {
  act: 'accept' | 'put-aside';
  proposals: readonly ConsoleProposal[];
  onClose: () => void;
  onConfirm: () => void;
}

/** Says what a decision about several proposals would mean before it is taken. */
export function ConfirmAllDialog({ act, proposals, onClose, onConfirm }: Properties) {
  const { words, numbers } = useSettings();
  const { review } = useReviewSession();
  const ids = proposals.map(({ id }) => id);
  const problems = proposals.flatMap((one) => {
    if (act !== 'accept' || one.kind !== 'new-intent') return [];
    const twin = proposals.find(
      (other) => other.id !== one.id && other.name.toLowerCase() === one.name.toLowerCase(),
    );
    const problem = nameProblem(one.name, ids, review);
    if (problem) return [{ one, text: words.nameProblem(problem) }];
    return twin ? [{ one, text: words.sameName(twin.name) }] : [];
  });
  const clashes = act === 'accept' ? proposals.filter((one) => one.nearestIntent?.clashes === true) : [];
  const isNew = proposals.filter(({ kind }) => kind === 'new-intent').length;
  const interactions = proposals.reduce((sum, one) => sum + one.interactions, 0);
  const doubtful = proposals.reduce((sum, one) => sum + one.byLikenessAlone.length, 0);
  const facts = { count: proposals.length, interactions: numbers.count(interactions) };
  return (
    <Dialog
      title={act === 'accept' ? words.acceptMany(facts) : words.putAsideMany(facts)}
      onClose={onClose}
      submit={{
        label: act === 'accept' ? words.keys.accept : words.keys.putAside,
        isOff: problems.length > 0,
        run: onConfirm,
      }}
    >
      <p>
        <strong>{words.kindsOfMany({ isNew, examples: proposals.length - isNew })}</strong>
      </p>
      {problems.map(({ one, text }) => (
        <p key={one.id} className="problem">
          <Text text={one.name} characters={100} />: {text}
        </p>
      ))}
      {clashes.length > 0 && (
        <ul className="explanations">
          {clashes.map((one) => (
            <li key={one.id} className="warning">
              <strong>
                <Text text={one.name} characters={100} />
              </strong>{' '}
              {words.clashesWith(asVisible(one.nearestIntent!.name, 100))}
            </li>
          ))}
        </ul>
      )}
      <ul className="names" tabIndex={0} aria-label={words.proposalsCount(proposals.length)}>
        {proposals.map((one) => (
          <li key={one.id}>
            <Text text={one.name} characters={100} />{' '}
            <span className="soft number">{numbers.count(one.interactions)}</span>
          </li>
        ))}
      </ul>
      {act === 'accept' && doubtful > 0 && (
        <p className="notice">{words.acceptsByLikeness(numbers.count(doubtful))}</p>
      )}
      <p className="soft">{words.oneUndo}</p>
    </Dialog>
  );
}
