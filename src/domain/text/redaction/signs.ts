import { numberWords } from './spoken-number';
import { WordSearch } from './word-search';

/** What a text shows at a glance; each a bit. */
export const sign = {
  digit: 1,
  colon: 2,
  /** "@", "at", "arroba". */
  atSign: 4,
  www: 8,
  numberWord: 16,
  twoNumberWords: 32,
  capital: 64,
  twoCapitals: 128,
  /** Of what stands before names: see `name.ts`. */
  certainName: 256,
  possibleName: 512,
  formOfAddress: 1024,
  doubtfulName: 2048,
} as const;

/** Space-separated, `_` for a space: words that are in every text in which a detector finds something. */
const cues: [number, string][] = [
  [sign.atSign, 'arroba _at_'],
  [sign.www, 'www_'],
  [sign.certainName, '_llamo_ _llamaba_ apellid _nombre_ _parte_de_ _dicen_ _titular_ _name_'],
  [
    sign.possibleName,
    `_soy_ _habla_ _aqui_ _somos_ _se_llama_ _se_apellida_ _pregunt _apuntal _under_ _firmado_ _i_am_ _i_m_ _im_
_this_is_ _it_s_ _call_me_ _atentamente_ _regards_ _saludos_`,
  ],
  [sign.formOfAddress, '_senor_ _senora_ _senorita_ _sr_ _sra_ _srta_ _mr_ _mrs_ _ms_ _miss_'],
  [sign.doubtfulName, `_contacto_ _soy_la_ _soy_el_`],
];
const doubtful: [string, string][] = [
  ['reserva pedido mesa encargo cuenta puntos tarjeta cumple cumpleanos', 'de para'],
  ['booking reservation order table', 'of for by'],
];

function* words(): Iterable<[string, number]> {
  for (const [found, list] of cues)
    for (const cue of list.split(/\s+/)) yield [cue.replaceAll('_', ' '), found];
  for (const [things, prepositions] of doubtful)
    for (const thing of things.split(' '))
      for (const preposition of prepositions.split(' '))
        yield [` ${thing} ${preposition} `, sign.doubtfulName];
  for (const word of numberWords) yield [` ${word} `, sign.numberWord];
}

const search = new WordSearch(words(), sign.numberWord);

const signsOfCharacters: [RegExp, number][] = [
  [/\d/, sign.digit],
  [/:/, sign.colon],
  [/@/, sign.atSign],
  [/\p{Lu}/u, sign.capital],
];
const tableSize = 0x100;
const firstEmojiSurrogate = 0xd83c;
const lastSurrogate = 0xdfff;
const signOfCode = Uint8Array.from({ length: tableSize }, (_, code) =>
  signsOfCharacters.reduce(
    (signs, [pattern, shown]) => (pattern.test(String.fromCharCode(code)) ? signs | shown : signs),
    0,
  ),
);

/** Looks at a text once, however many detectors there are. */
export function signsIn(text: string): number {
  let signs = search.signsIn(text);
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const here = code < tableSize ? signOfCode[code]! : isPerhapsCapital(code) ? sign.capital : 0;
    if (here !== 0) signs |= here | ((signs & here & sign.capital) << 1);
  }
  return signs;
}

/** Beyond Latin-1; there are no capitals in the general punctuation, nor from U+1F000 on, where the emojis are. */
function isPerhapsCapital(code: number): boolean {
  return !(code >= 0x2000 && code < 0x2100) && !(code >= firstEmojiSurrogate && code <= lastSurrogate);
}
