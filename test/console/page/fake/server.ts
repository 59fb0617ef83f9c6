import { createReadStream, existsSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, resolve } from 'node:path';
import type {
  ConsoleProposal,
  Cycle,
  DecisionRequest,
  MapPoints,
  Phrase,
  Preview,
  Review,
  Session,
  Standing,
} from '../../../../src/console/api';
import { foldReview, objectionTo, type Decision, type DecisionEvent } from '../../../../src/domain/review';
import { splitMessage, type Message, type Sentence } from '../../../../src/domain/language';
import type { Fixture } from './fixture';
import { otherViews } from './other-views';

const pageFolder = resolve(__dirname, '../../../../dist/console/page');
const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};
const contentSecurityPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/** The page's server as far as the page can tell: decisions are folded as the workflow folds them. */
export class FakeServer {
  readonly events: DecisionEvent[] = [];
  readonly received: DecisionRequest[] = [];
  isFinished = false;
  /** Whether a worker answers. */
  hasWorker = true;
  private readonly ids = new Set<string>();
  private readonly server = createServer((request, response) => void this.answer(request, response));

  constructor(private readonly fixture: Fixture) {}

  async start(): Promise<string> {
    await new Promise<void>((done) => this.server.listen(0, '127.0.0.1', done));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  /** Somebody else decides. */
  decide(
    author: string,
    decision: Decision extends infer D ? (D extends unknown ? Omit<D, 'author'> : never) : never,
  ): void {
    this.take({ ...decision, author });
  }

  private take(decision: Decision): Sentence | null {
    const state = this.fold();
    const existingIntents = this.fixture.existingIntents.map(({ name }) => name);
    const objection = objectionTo(decision, { state, events: this.events, existingIntents });
    if (objection !== null) return objection;
    const number = this.events.length + 1;
    const members = 'members' in decision ? new Set(decision.members) : new Set<string>();
    const interactionsOf = (ids: Iterable<string>) =>
      [...ids].reduce((sum, id) => sum + (this.phrase(id)?.count ?? 0), 0);
    const parts = [...this.memberships(state)].flatMap(([from, ids]) => {
      const leaving = ids.filter((id) => members.has(id));
      return leaving.length === 0
        ? []
        : [{ from, phrases: leaving.length, interactions: interactionsOf(leaving) }];
    });
    this.events.push({
      ...decision,
      number,
      at: new Date().toISOString(),
      ...(decision.action === 'split' && { interactions: interactionsOf(members) }),
      ...(decision.action === 'move' && { parts, moved: parts }),
    });
    return null;
  }

  private fold() {
    const members = new Map(this.fixture.proposals.map(({ id }) => [id, this.fixture.members.get(id) ?? []]));
    return foldReview(this.fixture.proposals, this.events, members);
  }

  private phrase(id: string): Phrase | undefined {
    return this.fixture.phrases[parseInt(id.slice(1), 16)];
  }

  /** Ids by group as things stand. */
  private memberships(state = this.fold()): Map<string, readonly string[]> {
    const inProposals = new Map(state.proposals.map(({ id, memberIds }) => [id, memberIds ?? []] as const));
    const taken = new Set([...inProposals.values()].flat());
    const groups = new Map<string, readonly string[]>(inProposals);
    for (const [group, ids] of this.fixture.members) {
      if (!groups.has(group))
        groups.set(
          group,
          ids.filter((id) => !taken.has(id)),
        );
    }
    return groups;
  }

  private standing(): Standing {
    return {
      decisions: this.events.length,
      open: this.fold().proposals.filter(({ status }) => status === 'open').length,
      finished: this.isFinished,
      approvals: [],
      approvalsMissing: this.isFinished ? 0 : 1,
      approversRemaining: [],
      reviewers: [],
    };
  }

  private review(): Review {
    const state = this.fold();
    const original = new Map(this.fixture.proposals.map((one) => [one.id, one]));
    const proposals = state.proposals.map((one): ConsoleProposal => {
      const before = original.get(one.id);
      return {
        ...(before ?? {
          ...this.fixture.proposals[0]!,
          suggestedName: null,
          suggestedByModel: null,
          isReturning: false,
          terms: [],
          trend: null,
          nearestIntent: null,
          representatives: [],
          borderline: [],
          explanations: [],
          rescuedInteractions: one.interactions,
        }),
        id: one.id,
        kind: one.kind,
        name: one.name,
        status: one.status,
        category: one.category,
        mergedInto: one.mergedInto,
        splitFrom: one.splitFrom,
        reason: one.reason,
        size: one.size,
        interactions: one.interactions,
        changed: before?.size !== one.size,
        byLikenessAlone: (before?.byLikenessAlone ?? []).filter((id) => one.memberIds?.includes(id)),
      };
    });
    const counted = proposals.filter(({ status }) => status !== 'merged');
    const decided = counted.filter(({ status }) => status !== 'open');
    const sum = (list: ConsoleProposal[]) =>
      list.reduce((total, { interactions }) => total + interactions, 0);
    const undone = this.events.at(-1)?.action === 'undo';
    return {
      pipeline: this.fixture.pipeline,
      cycle: this.fixture.cycle,
      standing: this.standing(),
      mayDecide: true,
      mayApprove: true,
      canUndo: state.standing > 0,
      canRedo: undone,
      waitingSince: '2026-11-20T09:00:00.000Z',
      deadline: '2026-12-04T09:00:00.000Z',
      refusedSignals: [],
      embedder: 'lexical',
      traffic: {
        ...this.traffic(),
        uncertain: 300,
        from: '2026-10-01T00:00:00.000Z',
        to: '2026-11-20T00:00:00.000Z',
      },
      proposals,
      tray: this.fixture.tray,
      existingIntents: this.fixture.existingIntents,
      progress: {
        proposals: counted.length,
        decidedProposals: decided.length,
        interactions: sum(counted),
        decidedInteractions: sum(decided),
      },
    };
  }

  /** Somewhat more was missed than proposals could rescue. */
  private traffic(): { interactions: number; missed: number } {
    const proposed = this.fixture.proposals.reduce((total, { interactions }) => total + interactions, 0);
    return { interactions: Math.round(proposed * 5), missed: Math.round(proposed * 1.4) };
  }

  private map(): MapPoints {
    const groups = [...this.memberships()].filter(([, ids]) => ids.length > 0);
    const points = groups.flatMap(([, ids], group) => ids.map((id) => ({ id, group })));
    const names = new Map(this.fold().proposals.map(({ id, name }) => [id, name]));
    return {
      decisions: this.events.length,
      available: true,
      groups: groups.map(([id]) => ({
        id,
        kind: id.startsWith('t-')
          ? 'tray'
          : id.startsWith('i-')
            ? 'intent'
            : id.startsWith('e-')
              ? 'enrichment'
              : 'proposal',
        name: names.get(id) ?? id.slice(2),
      })),
      ids: points.map(({ id }) => id),
      x: points.map(({ id }) => this.fixture.places.get(id)!.x),
      y: points.map(({ id }) => this.fixture.places.get(id)!.y),
      group: points.map(({ group }) => group),
      count: points.map(({ id }) => this.phrase(id)!.count),
      confidence: points.map(({ id }) => this.phrase(id)!.confidence ?? -1),
    };
  }

  private preview(): Preview {
    const accepted = this.fold().proposals.filter(
      ({ status }) => status === 'accepted' || status === 'assigned',
    );
    const covered = accepted.reduce((total, { interactions }) => total + interactions, 0);
    const { interactions, missed } = this.traffic();
    return {
      decisions: this.events.length,
      computedInMs: 40,
      fallback: {
        interactions,
        missed,
        covered,
        likelyRescued: covered * 0.85,
        rate: { before: missed / interactions, after: (missed - covered * 0.85) / interactions },
      },
      golden: {
        items: 180,
        accuracy: { before: 0.87, after: 0.87 + accepted.length * 0.004 },
        macroF1: { before: 0.861, after: 0.861 + accepted.length * 0.005 },
        changes: accepted.map(({ id, name }) => ({
          id: `g-${id}`,
          text: `una frase de referencia sobre ${name}`,
          expected: name,
          before: 'FallbackIntent',
          after: name,
          effect: 'better' as const,
        })),
        better: accepted.length,
        worse: 0,
        neither: 0,
      },
      intents: accepted.map(({ category, size }, index) => ({
        intent: category ?? '',
        isNew: true,
        examples: 0,
        added: size,
        f1: index % 2 === 0 ? { before: 0.8, after: 0.82 } : null,
      })),
    };
  }

  cycle(): Cycle {
    return otherViews.cycle(this.fixture, this.isFinished, !this.hasWorker);
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const json = (body: unknown, status = 200) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    };
    const refuse = (status: number, type: string, message: Message) => {
      const { english, translations } = splitMessage(message);
      json({ error: { type, message: english, ...(translations && { translations }), facts: {} } }, status);
    };
    if (!url.pathname.startsWith('/api/')) return this.servePage(url.pathname, response);
    const path = url.pathname.slice('/api/'.length);
    const base = `pipelines/${this.fixture.pipeline}/cycles/${this.fixture.cycle}`;
    const body = request.method === 'POST' ? await bodyOf(request) : {};
    if (request.method === 'POST' && request.headers['x-csrf-token'] !== 'token')
      return refuse(403, 'CsrfError', 'No token.');
    if (path === 'session') return json(session);
    if (!this.hasWorker && path.includes('/review'))
      return refuse(503, 'WorkerUnavailableError', 'No worker answers. Start one and try again.');
    switch (path) {
      case 'pipelines':
        return json({
          pipelines: [
            {
              name: this.fixture.pipeline,
              language: 'es',
              newestCycle: this.cycle(),
              waitingReview: this.isFinished
                ? null
                : {
                    cycle: this.fixture.cycle,
                    open: this.standing().open,
                    decisions: this.events.length,
                    deadline: '2026-12-04T09:00:00.000Z',
                  },
            },
          ],
        });
      case `${base}/review`:
        return json(this.review());
      case `${base}/review/decisions`: {
        if (request.method === 'GET') {
          const after = Number(url.searchParams.get('after'));
          return json({ standing: this.standing(), events: this.events.slice(after) });
        }
        const { id, ...taken } = body as unknown as DecisionRequest;
        if (id !== undefined && this.ids.has(id)) return json(this.standing());
        const objection = this.take({
          ...taken.decision,
          ...(taken.reason !== undefined && { reason: taken.reason }),
          author: session.author,
        });
        if (objection !== null) return refuse(422, 'InvalidDecision', objection);
        if (id !== undefined) this.ids.add(id);
        this.received.push(taken);
        return json(this.standing());
      }
      case `${base}/review/finish`:
        this.isFinished = true;
        return json(this.standing());
      case `${base}/review/utterances`: {
        if (request.method === 'POST') {
          const phrases = (body['ids'] as string[]).flatMap((id) => this.phrase(id) ?? []);
          return json({ phrases, total: phrases.length, next: null });
        }
        const ids = this.memberships().get(url.searchParams.get('group') ?? '') ?? [];
        const after = Number(url.searchParams.get('after') ?? 0);
        const limit = Number(url.searchParams.get('limit') ?? 100);
        return json({
          phrases: ids.slice(after, after + limit).map((id) => this.phrase(id)),
          total: ids.length,
          next: after + limit < ids.length ? after + limit : null,
        });
      }
      case `${base}/review/map`:
        return json(this.map());
      case `${base}/review/search`: {
        const words = (
          url.searchParams.get('text') ??
          this.phrase(url.searchParams.get('like') ?? '')?.text ??
          ''
        ).toLowerCase();
        const matches = this.fixture.phrases.filter(({ text }) =>
          text.toLowerCase().includes(words.split(' ')[0]!),
        );
        return json({
          matches: matches.slice(0, 500).map(({ id }) => ({ id, score: 1 })),
          total: matches.length,
          method: 'words',
        });
      }
      case `${base}/review/preview`:
        return json(this.preview());
    }
    if (path.startsWith(`${base}/review/intents/`))
      return json({
        name: decodeURIComponent(path.split('/').at(-1)!),
        examples: ['quiero una mesa', 'mesa para dos', 'reservar para hoy'],
      });
    const other = otherViews.answer(path.slice(`pipelines/${this.fixture.pipeline}`.length), this.cycle());
    if (other === undefined) return refuse(404, 'NotFoundError', `There is no ${path}.`);
    if (typeof other === 'string') {
      response.writeHead(200, {
        'content-type': 'text/html',
        'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
      });
      response.end(other);
      return;
    }
    json(other);
  }

  private servePage(path: string, response: ServerResponse): void {
    const file = join(pageFolder, path === '/' ? 'index.html' : path);
    if (!file.startsWith(pageFolder) || !existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, {
      'content-type': types[extname(file)] ?? 'application/octet-stream',
      'content-security-policy': contentSecurityPolicy,
    });
    createReadStream(file).pipe(response);
  }
}

const session: Session = {
  author: 'ana',
  role: 'admin',
  csrfToken: 'token',
  authentication: 'link',
  expiresAt: '2027-01-01T00:00:00.000Z',
  temporalUi: null,
};

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString('utf8') || '{}') as Record<string, unknown>;
}
