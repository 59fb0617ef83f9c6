import type { DialogAction, Message, SessionState } from '@aws-sdk/client-lex-runtime-v2';
import { type IntentDefinition, isFallback, type Settings, type SlotFile } from './definition';
import { type Candidate, type SlotValue } from './recognition';

/** Where a conversation stands in an intent. */
export interface Turn {
  intent: IntentDefinition;
  slots: Record<string, SlotValue | null>;
}

export interface Reply {
  dialogAction: DialogAction;
  state: 'InProgress' | 'ReadyForFulfillment' | 'Failed';
  messages: Message[];
}

/** What the bot does next: asks for the first required slot that is open, or ends. No hooks are called. */
export function replyTo({ intent, slots }: Turn): Reply {
  const open = requiredSlots(intent).find((slot) => !slots[slot.name]);
  if (open !== undefined) {
    return {
      dialogAction: { type: 'ElicitSlot', slotToElicit: open.name },
      state: 'InProgress',
      messages: messagesIn(open.valueElicitationSetting?.promptSpecification),
    };
  }
  return {
    dialogAction: { type: 'Close' },
    state: isFallback(intent) ? 'Failed' : 'ReadyForFulfillment',
    messages: messagesIn((intent.file.intentClosingSetting as Settings | null)?.closingResponse),
  };
}

/** A candidate's intent in the form of an answer. */
export function intentState({ intent, slots }: Turn | Candidate, state: Reply['state']) {
  return {
    name: intent.file.name,
    state,
    confirmationState: 'None' as const,
    slots: Object.fromEntries(
      Object.entries(slots).map(([name, value]) => [
        name,
        value === null
          ? (null as never)
          : {
              shape: 'Scalar' as const,
              value: {
                originalValue: value.original,
                interpretedValue: value.interpreted,
                resolvedValues: [value.interpreted],
              },
            },
      ]),
    ),
  };
}

/** The slot that the bot has asked for. */
export function elicitedSlot(state: SessionState | undefined): string | null {
  const action = state?.dialogAction;
  return action?.type === 'ElicitSlot' ? (action.slotToElicit ?? null) : null;
}

function requiredSlots(intent: IntentDefinition): SlotFile[] {
  const order = new Map(intent.file.slotPriorities.map(({ slotName, priority }) => [slotName, priority]));
  return intent.slots
    .filter((slot) => slot.valueElicitationSetting?.slotConstraint === 'Required')
    .sort((a, b) => (order.get(a.name) ?? Infinity) - (order.get(b.name) ?? Infinity));
}

/** The first message of each group. */
function messagesIn(specification: unknown): Message[] {
  const groups = (specification as { messageGroupsList?: MessageGroup[] | null } | null | undefined)
    ?.messageGroupsList;
  return (groups ?? []).flatMap(({ message }) =>
    message?.plainTextMessage
      ? [{ content: message.plainTextMessage.value, contentType: 'PlainText' as const }]
      : [],
  );
}

interface MessageGroup {
  message?: { plainTextMessage?: { value: string } | null } | null;
}
