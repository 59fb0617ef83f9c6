/** How long the stand-in takes for what Lex does after it has answered, in milliseconds. */
export interface LexLatency {
  importMs: number;
  /** Added to the training itself. */
  buildMs: number;
  versionMs: number;
  aliasMs: number;
  exportMs: number;
  /** Creating and deleting bots, locales and versions. */
  changeMs: number;
  /** Time of an answer; conversations that run at once are counted over it. */
  recognizeMs: number;
}

export const usualLatency: LexLatency = {
  importMs: 1_000,
  buildMs: 2_000,
  versionMs: 500,
  aliasMs: 300,
  exportMs: 500,
  changeMs: 200,
  recognizeMs: 5,
};
