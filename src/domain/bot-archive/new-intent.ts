import type { JsonObject } from './json';

/** An intent that a review accepted. */
export interface NewIntent {
  name: string;
  description: string | null;
  utterances: readonly string[];
}

/**
 * What a new intent says until a person writes its real answer: it has no fulfilment and would stay silent
 * otherwise. By ISO 639-1 language; English for the others.
 */
const neutralClosings: Record<string, string> = {
  de: 'Danke für deine Frage. Wir geben dir so bald wie möglich eine Antwort.',
  en: 'Thanks for your question. We will get back to you with an answer as soon as we can.',
  es: 'Gracias por tu consulta. Te daremos una respuesta lo antes posible.',
  fr: 'Merci pour votre question. Nous vous répondrons dès que possible.',
  it: 'Grazie per la tua domanda. Ti risponderemo appena possibile.',
  pt: 'Obrigado pela sua pergunta. Responderemos assim que possível.',
};

/** The neutral closing message in a locale's language. */
export function neutralClosing(localeId: string): string {
  const language = localeId.split('_')[0]!;
  return neutralClosings[language] ?? neutralClosings.en!;
}

/** A whole `Intent.json` in the form of real exports: the 17 keys in their order, with no slots and no hooks. */
export function newIntentDocument(
  intent: NewIntent,
  localeId: string,
  takenIdentifiers: ReadonlySet<string>,
): JsonObject {
  return {
    name: intent.name,
    identifier: identifierFor(intent.name, takenIdentifiers),
    description: intent.description,
    parentIntentSignature: null,
    sampleUtterances: intent.utterances.map((utterance) => ({ utterance })),
    intentConfirmationSetting: null,
    intentClosingSetting: {
      closingResponse: {
        messageGroupsList: [
          {
            message: {
              ssmlMessage: null,
              customPayload: null,
              plainTextMessage: { value: neutralClosing(localeId) },
              imageResponseCard: null,
            },
            variations: null,
          },
        ],
        allowInterrupt: true,
      },
      nextStep: nextStep('EndConversation'),
      conditional: null,
      isActive: true,
    },
    initialResponseSetting: {
      conditional: null,
      codeHook: null,
      nextStep: nextStep('CloseIntent'),
      initialResponse: null,
    },
    inputContexts: null,
    outputContexts: null,
    kendraConfiguration: null,
    qnAIntentConfiguration: null,
    bedrockAgentIntentConfiguration: null,
    qInConnectIntentConfiguration: null,
    dialogCodeHook: null,
    fulfillmentCodeHook: null,
    slotPriorities: [],
  };
}

function nextStep(type: string): JsonObject {
  return {
    sessionAttributes: null,
    intent: { name: null, slots: null },
    dialogAction: { type, slotToElicit: null, suppressNextMessage: null, intentsInScope: null },
  };
}

/** Ten capitals and digits as Lex gives them, always the same for the same name; Lex puts its own on import. */
function identifierFor(name: string, taken: ReadonlySet<string>): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
  for (let attempt = 0; ; attempt++) {
    const identifier = Array.from({ length: 10 }, (_, position) => {
      return alphabet[fnv1a(`${name}/${attempt}/${position}`) % alphabet.length]!;
    }).join('');
    if (!taken.has(identifier)) return identifier;
  }
}

/** 32-bit FNV-1a over UTF-16 code units. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}
