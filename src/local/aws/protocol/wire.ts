/** A request as both HTTP versions deliver it. */
export interface WireRequest {
  method: string;
  /** Still percent-encoded, without the query string. */
  path: string;
  query: URLSearchParams;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
}

export interface WireResponse {
  status: number;
  headers: Record<string, string>;
  body: string | Uint8Array;
  /** Where the connection breaks, when a fault was asked for. */
  breaksOff?: 'before-answer' | 'in-answer';
}

/** Answers every request; what it throws is answered as an internal error. */
export type WireHandler = (request: WireRequest) => Promise<WireResponse>;
