import { stageNames, type CycleOutcome, type StageName } from '../../src/domain/cycle';
import { resultOf } from './outcome';
import type { Records, Truth, Violation } from './records';

/** Stages that leave no manifest, by how the cycle ended. */
const withoutManifest: Partial<Record<CycleOutcome, StageName[]>> = {
  promoted: [],
  kept: ['promote'],
  'not-enough-evidence': ['promote'],
  'nothing-to-learn': ['train', 'evaluate', 'gate', 'promote'],
};

/** What lies in S3 is whole, its counts add up from stage to stage, and the registry agrees with what is live. */
export function checkStore(records: Records, truth: Truth): Violation[] {
  const violations: Violation[] = [];
  const { store } = records;
  const add = (cycle: number | null, check: string, evidence: string) =>
    violations.push({ cycle, check, evidence });
  for (const { uri, problem } of store.damaged) add(null, 'artifacts are whole', `${uri}: ${problem}`);
  for (const uri of store.halfWritten) add(null, 'nothing is half written', uri);

  let golden: number | null = null;
  let live: { cycle: number; botVersion: string | null } | null = null;
  for (const { number, runId } of truth.cycles) {
    const result = resultOf(records, runId);
    if (result === undefined) continue;
    const counts = new Map(
      store.manifests
        .filter(({ cycle }) => cycle === number)
        .map(({ stage, manifest }) => [stage, manifest.counts]),
    );
    const missing = stageNames.filter(
      (stage) => !counts.has(stage) && !withoutManifest[result.outcome]?.includes(stage),
    );
    if (missing.length > 0) add(number, 'every stage left its manifest', `missing: ${missing.join(', ')}`);
    const equal = (check: string, left: number | undefined, right: number | undefined) => {
      if (left !== right || left === undefined) add(number, check, `${left} and ${right}`);
    };
    const sum = (stage: StageName, ...names: string[]) =>
      names.reduce((total, name) => total + (counts.get(stage)?.[name] ?? NaN), 0);
    const logs = truth.logs.get(number);
    equal('ingest found every new object', counts.get('ingest')?.['newObjects'], logs?.objects);
    equal('prepare read every record', counts.get('prepare')?.['records'], logs?.records);
    equal('the broken records are in quarantine', counts.get('prepare')?.['quarantined'], logs?.broken);
    equal(
      'records = accepted + quarantined',
      sum('prepare', 'records'),
      sum('prepare', 'accepted', 'quarantined'),
    );
    equal(
      'accepted = understood + uncertain + missed + left out',
      sum('prepare', 'accepted'),
      sum('prepare', 'understood', 'uncertain', 'missed', 'leftOut'),
    );
    equal('discover saw every utterance', sum('discover', 'utterances'), sum('prepare', 'utterances'));
    equal(
      'utterances = assigned + in proposals + noise',
      sum('discover', 'utterances'),
      sum('discover', 'assignedToIntents', 'inProposals', 'noise'),
    );
    equal(
      'accepted examples = training + validation + golden + left out',
      sum('dataset', 'accepted'),
      sum('dataset', 'training', 'validation', 'goldenAdded', 'leftOut'),
    );
    equal(
      'golden = before − set aside + added',
      sum('dataset', 'golden'),
      sum('dataset', 'goldenBefore', 'goldenAdded') - sum('dataset', 'setAside'),
    );
    if (golden !== null) equal('the golden set is the last cycle’s', sum('dataset', 'goldenBefore'), golden);
    if (result.outcome !== 'nothing-to-learn') {
      golden = sum('dataset', 'golden');
      equal(
        'both versions were asked every item',
        sum('evaluate', 'items'),
        sum('dataset', 'golden', 'validation'),
      );
      const models = store.models.filter(({ cycle }) => cycle === number);
      equal('the cycle registered one model', models.length, 1);
    }
    if (result.outcome === 'promoted') live = { cycle: number, botVersion: result.liveVersionAfter };
  }

  const last = truth.cycles.at(-1)?.number;
  if (store.state?.lastCompletedCycle !== last)
    add(null, 'the state names the last cycle', `${store.state?.lastCompletedCycle}, wanted ${last}`);
  if ([...store.ledger].sort().join('\n') !== [...store.logs].sort().join('\n'))
    add(
      null,
      'every log object was read once',
      `${store.ledger.length} in the ledger, ${store.logs.length} objects`,
    );
  const liveModels = store.models.filter(({ state }) => state === 'live');
  const said = liveModels.map(({ version, botVersion }) => `v${version} (bot ${botVersion})`).join(', ');
  if (live !== null) {
    const right =
      liveModels.length === 1 &&
      liveModels[0]?.cycle === live.cycle &&
      liveModels[0].botVersion === live.botVersion &&
      liveModels[0].version === store.latest;
    if (!right)
      add(
        null,
        'the registry’s live model is the last promoted',
        `live: ${said || 'none'}, latest: v${store.latest}; cycle ${live.cycle} put bot version ${live.botVersion} live`,
      );
  }
  if (liveModels[0] && liveModels[0].botVersion !== records.lex.liveAlias.version)
    add(null, 'the registry agrees with the alias', `${said}, alias: bot ${records.lex.liveAlias.version}`);
  const limbo = store.models.filter(({ state }) => state === 'approved');
  if (limbo.length > 0)
    add(null, 'no model is left half promoted', limbo.map(({ version }) => `v${version}`).join(', '));
  return violations;
}
