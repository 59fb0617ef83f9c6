/** `map.json`: where the utterances lie in two dimensions. It holds no text. */
export interface DiscoveryMap {
  schemaVersion: 1;
  points: MapPoint[];
}

export interface MapPoint {
  /** Of the utterance. Utterances that say the same in the same words share a place. */
  id: string;
  /** −1 to 1 on the longer axis, three decimals. */
  x: number;
  y: number;
}
