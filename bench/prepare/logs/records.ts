/** A turn of a conversation before it is laid out as a log line. */
export interface LoggedTurn {
  timeMs: number;
  sessionId: string;
  requestId: string;
  text: string;
  /** The intent that the bot chose; null where it fell back. */
  intent: string | null;
  /** Of that intent, or of the best one behind the fallback: 0–1. */
  confidence: number;
  /** The bot asks a question now. */
  asks: boolean;
  isTestAlias: boolean;
  localeId: string;
}

export const intents = ['PedirCafe', 'PedirComida', 'ReservarMesa', 'ConsultarMenu', 'ConsultarHorario'];

/** A line of the plain log that a bot's Lambda function writes. */
export function interactionLine(turn: LoggedTurn): string {
  return JSON.stringify({
    timestamp: new Date(turn.timeMs).toISOString(),
    sessionId: turn.sessionId,
    requestId: turn.requestId,
    userInput: turn.text,
    intent: turn.intent ?? 'FallbackIntent',
    confidence: turn.confidence,
    dialogState: turn.asks ? 'ElicitSlot' : 'Close',
  });
}

/** A line of an Amazon Lex V2 conversation log. */
export function lexLine(turn: LoggedTurn): string {
  const { intent, confidence } = turn;
  const others = intents.filter((name) => name !== intent).slice(0, 3);
  const fallback = { intent: { name: 'FallbackIntent', slots: {} }, interpretationSource: 'Lex' };
  const ranked = [...(intent === null ? [] : [intent]), ...others].map((name, rank) => ({
    nluConfidence: (confidence / (rank + 1)).toFixed(2),
    intent: { name, slots: slotsOf(name), state: 'ReadyForFulfillment', confirmationState: 'None' },
    interpretationSource: 'Lex',
  }));
  return JSON.stringify({
    messageVersion: '2.0',
    timestamp: new Date(turn.timeMs).toISOString(),
    bot: {
      name: 'CafeBot',
      version: '3',
      id: 'RTH0HOHD3Q',
      aliasName: turn.isTestAlias ? 'TestBotAlias' : 'live',
      aliasId: turn.isTestAlias ? 'TSTALIASID' : 'LIVEALIAS1',
      localeId: turn.localeId,
    },
    requestId: turn.requestId,
    sessionId: turn.sessionId,
    inputMode: 'Text',
    operationName: 'RecognizeText',
    developerOverride: false,
    missedUtterance: intent === null,
    inputTranscript: turn.text,
    sessionState: {
      dialogAction: turn.asks ? { type: 'ElicitSlot', slotToElicit: 'Hora' } : { type: 'Close' },
      intent: {
        name: intent ?? 'FallbackIntent',
        slots: intent === null ? {} : slotsOf(intent),
        state: turn.asks ? 'InProgress' : 'ReadyForFulfillment',
        confirmationState: 'None',
      },
      originatingRequestId: turn.requestId,
      sessionAttributes: { canal: 'web', tienda: 'centro' },
    },
    interpretations: intent === null ? [fallback, ...ranked] : [...ranked, fallback],
    responses: [],
  });
}

function slotsOf(intent: string): object {
  return intent === 'ReservarMesa' ? { Hora: null, Personas: null, Nombre: null } : { Producto: null };
}
