/**
 * What the console's server and its page have agreed on: the schemas of every route. The page imports the types only.
 *
 * | route | query or body → answer |
 * |---|---|
 * | GET /api/session | → Session |
 * | POST /api/session/end | → done |
 * | GET /api/pipelines | → Pipelines |
 * | GET /api/pipelines/:pipeline/cycles | → cycles |
 * | GET /api/pipelines/:pipeline/cycles/:cycle | → Cycle |
 * | POST …/:cycle/keep-draft-edits | {} → done |
 * | GET …/:cycle/review | → Review |
 * | GET …/:cycle/review/utterances | phrasesQuery → Phrases |
 * | POST …/:cycle/review/utterances | phrasesById → Phrases |
 * | GET …/:cycle/review/intents/:intent | → IntentExamples |
 * | GET …/:cycle/review/map | → MapPoints |
 * | GET …/:cycle/review/search | searchQuery → SearchResult |
 * | GET …/:cycle/review/decisions | decisionsQuery → Decisions |
 * | POST …/:cycle/review/decisions | DecisionRequest → Standing |
 * | POST …/:cycle/review/finish | FinishRequest → Standing |
 * | GET …/:cycle/review/decisions.json, .csv | → a file |
 * | POST …/:cycle/review/decisions/import | ImportRequest → ImportResult |
 * | GET …/:cycle/review/preview | → Preview |
 * | GET …/:cycle/preview | → PreviewComparison |
 * | GET …/:cycle/evaluation | → evaluation.json |
 * | GET …/:cycle/report | → report.html, for a sandboxed frame |
 * | GET …/:cycle/diff | → BotDiff |
 * | GET /api/pipelines/:pipeline/category-map | → CategoryMapView |
 * | GET /api/pipelines/:pipeline/audit | → Audit |
 * | GET /api/pipelines/:pipeline/schedule | → Schedule |
 * | POST …/schedule/pause, /resume, /trigger | pauseRequest or {} → done |
 * | GET /api/pipelines/:pipeline/versions | → Versions |
 * | POST …/versions/promote, …/versions/rollback | promoteRequest, rollbackRequest → Started |
 * | GET /api/openapi.json | → this, as OpenAPI 3.1 |
 *
 * Everything needs the session's cookie; every POST its CSRF token in the header `x-csrf-token`, and JSON. What is
 * refused answers `{error: {type, message, translations, facts}}`: 400 wrong, 401 no session, 403 not allowed, 404 not
 * there, 409 somebody was faster, 422 the workflow said no, 429 too often, 503 no worker or server answers (try again).
 */
export * from './cycles';
export * from './decisions';
export * from './errors';
export * from './operations';
export * from './phrases';
export * from './preview';
export * from './review';
export * from './session';
