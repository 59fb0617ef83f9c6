/** Ciclo's search attributes: what a cycle can be found by in Temporal. Never anything a person said. */
export const searchAttributes = [
  { name: 'CicloPipeline', type: 'Keyword' },
  { name: 'CicloCycle', type: 'Int' },
  { name: 'CicloStage', type: 'Keyword' },
  { name: 'CicloWaitingForReview', type: 'Bool' },
  { name: 'CicloVerdict', type: 'Keyword' },
] as const;
