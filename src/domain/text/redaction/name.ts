import type { Detector, Finding } from './detector';
import { firstNames, surnames } from './known-names';

/** Words after which a name follows, whatever it looks like. */
const certain = new RegExp(
  String.raw`(?<!\p{L})(?:me llamo|(?:me|te|se) llamaba|me apellido|mi nombre(?: completo)? es|mi apellido es|mis apellidos son|` +
    String.raw`a(?:l)? nombre del?|a mi nombre,?|de parte de|me dicen|nombre(?: y apellidos?)?:|titular:?|` +
    String.raw`(?:my|his|her|our) (?:\p{L}+['’]s )?(?:full |first |last |sur)?name is|my name['’]s|name:|(?:under|in|for) the name(?: of)?)\s+`,
  'giu',
);

/** Words after which a name may follow, or anything else: "soy celíaca", "I'm late". */
const possible =
  /(?<!\p{L})(?:soy|habla|le habla|aqu[ií]|somos|se llama|se apellida|pregunt(?:a|ad|e|en|ar|o) por|ap[uú]ntal[oae]s? a|(?:table|booking|reservation|order) under|firmado:?|i am|i['’]m|im|this is|it['’]s|call me|atentamente,?|regards,?|saludos,)\s+/giu;

/** Words after which only a known first name counts: mostly a thing follows ("pedido de churros"). */
const doubtful =
  /(?<!\p{L})(?:(?:reserva|pedido|mesa|encargo|cuenta|puntos|tarjeta|cumple(?:años)?) (?:de|para)|contacto:?|soy (?:la|el)|(?:booking|reservation|order|table) (?:of|for|by))\s+/giu;

const particles = new Set([
  'de',
  'del',
  'la',
  'las',
  'los',
  'da',
  'das',
  'do',
  'dos',
  'di',
  'van',
  'von',
  'y',
  'e',
  'san',
  'mc',
  'i',
  'ben',
  'bin',
  'le',
  'ter',
]);
/** Words that are particles of a name only with a capital: "Yasmina El Amrani". */
const capitalisedParticles = new Set(['el', 'al', 'la', 'le', 'ould', 'ait']);
const titles = /^(?:(?:don|doña|dona|sr|sra|srta|señor|señora|mr|mrs|ms|miss|dr|dra)\.? )+/iu;

/** What stands after "me llamo" and the like without being a name, or ends one. */
const commonWords = new Set(
  `a al algo alguien ahi ahora antes aqui asi aun ayer bien buenas buenos cada como con cual cuando cuanto de del desde
donde el ella ellos en entre era eres es esa ese eso esta estan estar este esto estoy fue gracias ha hace hacia han
hasta hay he hola hoy igual la las le les lo los luego manana mas me mejor mi mis mucho muy nada ni no nombre nos
nosotros o otra otro para pero persona personas poco por porque pues puedo que quien quiero quisiera se ser si sin
sobre soy su sus tambien te tengo ti todo tu tus un una unas uno unos usted va vale voy vengo vos vosotros y ya yo
necesito queria deseo reserve hice tenia somos estamos mesa reserva pedido cafe empresa familia grupo cliente mismo
misma amiga amigo amigos mujer marido hijo hija madre padre hermano hermana novio novia jefe jefa
an and are at be been but by can could did do for from had has have here hi hello him her his how i id if in is it its
just like me my need no not of on or our please she so that the their them then there they this to today tomorrow
going gonna want was we were what when where which who why will with would you your the company person same table booking order
todos todas ambos ambas alguno alguna ninguno ninguna everyone everybody both anyone wrong right important spelled written importante bonito feo largo raro correcto incorrecto`.split(
    /\s+/,
  ),
);

/** What people are, say and do after "soy" or "I'm", though they write it with a capital. */
const descriptions =
  /^(?:al[eé]rgic|celiac|celiaqu|intolerant|vegan|vegetarian|diab[eé]tic|nuev|client|soci|estudiant|alumn|profesor|turist|espa[nñ]ol|argentin|mexican|english|spanish|american|lesbian|mayor|menor|embarazad|pregnant|gluten|allerg|coeliac|late|sorry|looking|coming|trying|waiting|having|calling|not|very|here|diabetic|hungry|lactos|hombre|mujer|camarer|barist|human|robot|bot|fan|due[nñ]|encargad|jubilad|medic|madrile|catalan|vasc|galleg|andaluz|chilen|colombian|peruan|uruguay|venezolan|italian|franc|frenc|aleman|german|portugu|ingl|interesad|impaciente|goloso|golosa|amante|adict|habitual|regular|musulm|muslim|jud|jewish|kosher|halal|autonom|vuestr|otr|pensionist|celebr|lunes|martes|miercol|jueves|viernes|sabad|doming|monday|tuesday|wednesday|thursday|friday|saturday|sunday|navidad|nochebuena|nochevieja|christmas|birthday|cumple)/iu;
const descriptiveWords =
  /^(?:yo|el|la|un|una|de|del|muy|mas|poco|solo|the|a|an|from|in|on|at|so|too|just|also|my|your|about|for|going|gonna)$/iu;

interface Word {
  text: string;
  plain: string;
  start: number;
  end: number;
  /** Punctuation stands between this word and the one before. */
  separated: boolean;
}

const mostWords = 6;

const hint =
  /llam|nombre|se[nñ]or|sra?t?a?[. ]|mrs? |mr\.|ms |miss |pregunt|ap[uú]ntal|under|reserv|pedido|mesa|encargo|cuenta|puntos|tarjeta|cumple|contacto|booking|order|table|apellido|soy|habla|aqu[ií]|somos|parte de|dicen|titular|firmado|name|i am|i['’]?m|this is|it['’]s|call me|atentamente|regards|saludos/i;

/** Names of persons after words such as "me llamo", "a nombre de", "my name is". */
export const certainNameDetector: Detector = {
  hint,
  find: (text) => namesAfter(text, certain, certainName),
};

/** Names of persons after words such as "soy", "I'm", "this is". */
export const possibleNameDetector: Detector = {
  hint,
  find(text) {
    const isShouted = text === text.toUpperCase();
    return namesAfter(text, possible, (words) => possibleName(words, isShouted));
  },
};

/** After a form of address a capitalised word is a name: "la señora Villalobos". Dishes are called "Don" too. */
const addressed = /(?<![\p{L}])(?:se[nñ]or(?:a|ita)?|sr|sra|srta|mr|mrs|ms|miss)\.? (?=\p{Lu}\p{Ll})/giu;

/** Names of persons after a form of address. */
export const addressedNameDetector: Detector = {
  hint,
  find(text) {
    const isShouted = text === text.toUpperCase();
    return namesAfter(text, addressed, (words, before) =>
      place.test(before) ? [] : possibleName(words, isShouted),
    );
  },
};

/** Known names of persons after words such as "reserva de". */
export const doubtfulNameDetector: Detector = {
  hint,
  find: (text) => namesAfter(text, doubtful, knownName),
};

function namesAfter(
  text: string,
  trigger: RegExp,
  nameIn: (words: Word[], before: string) => Word[],
): Finding[] {
  const findings: Finding[] = [];
  for (const match of text.matchAll(trigger))
    add(findings, nameIn(wordsAfter(text, match), text.slice(0, match.index)));
  return findings;
}

/** What a name of a street, a square or a saint begins with. */
const place =
  /(?:calle|c\/|plaza|pza\.?|avenida|avda\.?|av\.?|paseo|metro|estaci[oó]n|parada|barrio|parque|puente|san|santa|santo|teatro|mercado|hospital|colegio|instituto|street|square|station)(?: del?| es)? $/iu;

/** What stands behind these words is a place, though it bears the name of a person. */
const whereabouts =
  /(?<!\p{L})(?:en|desde|hacia|hasta|cerca de|(?:voy|vamos|vas|ir|llegar|viajo|venimos|vengo) (?:a|de)|vivo en|soy de|in|at|near|to) $/iu;

/** Full names wherever they stand: a known first name and another name behind it, both with a capital. */
export const fullNameDetector: Detector = {
  hint: /\p{Lu}\p{L}+ (?:\p{Ll}{1,3} )*\p{Lu}/u,
  find(text) {
    if (text === text.toUpperCase()) return [];
    const findings: Finding[] = [];
    for (const capitalised of text.matchAll(/(?<![\p{L}\d<'’-])(?=\p{Lu}\p{L})/gu)) {
      const before = text.slice(0, capitalised.index);
      if (place.test(before) || whereabouts.test(before)) continue;
      const name = knownName(wordsAfter(text, capitalised));
      if (name.length > 1 && isCapitalised(name[0]!) && isCapitalised(name.at(-1)!)) add(findings, name);
    }
    return findings;
  },
};

function add(findings: Finding[], name: Word[]): void {
  if (name.length > 0) findings.push({ kind: 'NAME', start: name[0]!.start, end: name.at(-1)!.end });
}

/** The words that follow a trigger, up to the first sign that no name holds. */
function wordsAfter(text: string, trigger: RegExpExecArray): Word[] {
  let from = trigger.index + trigger[0].length;
  from += titles.exec(text.slice(from))?.[0].length ?? 0;
  const words: Word[] = [];
  for (const match of text.slice(from).matchAll(/([^\p{L}]*)(\p{L}+(?:['’-]\p{L}+)*)/gu)) {
    const gap = match[1]!;
    if (words.length === 0 ? gap !== '' : !/^(?: |\. )$/.test(gap)) break;
    const end = from + match.index + match[0].length;
    const word = match[2]!;
    words.push({
      text: word,
      plain: word
        .toLowerCase()
        .normalize('NFD')
        .replace(/[\u0300-\u036f]/g, ''),
      start: end - word.length,
      end,
      separated: gap.startsWith('.') && words.at(-1)!.text.length > 1,
    });
    if (words.length > mostWords) break;
  }
  return words;
}

/** After a certain trigger the first word is a name unless it is a common word; then as much as looks like one. */
function certainName(words: Word[]): Word[] {
  const first = words[0];
  if (first === undefined || (commonWords.has(first.plain) && !isCapitalised(first)) || isArticle(first))
    return [];
  return extend(words, 1, true);
}

/** After a possible trigger a known first name, or a capitalised word that is no description of a person. */
function possibleName(words: Word[], isShouted: boolean): Word[] {
  const first = words[0];
  if (first === undefined || commonWords.has(first.plain)) return [];
  const looksLikeName = !isShouted && isCapitalised(first) && !isAcronym(first) && !isDescription(first);
  return looksLikeName ? extend(words, 1, false) : knownName(words);
}

function isDescription({ plain }: Word): boolean {
  return descriptiveWords.test(plain) || (descriptions.test(plain) && !firstNames.has(plain));
}

/** A known first name with what follows it. */
function knownName(words: Word[]): Word[] {
  const first = words[0];
  const isKnown =
    first !== undefined &&
    firstNames.has(first.plain) &&
    (isCapitalised(first) || !ambiguous.has(first.plain));
  return isKnown ? extend(words, 1, false) : [];
}

/** First names that are words too: in lower case only the certain triggers make them names. */
const ambiguous = new Set([
  'mar',
  'sol',
  'luz',
  'paz',
  'luna',
  'angel',
  'rosa',
  'blanca',
  'mercedes',
  'dolores',
  'leon',
  'pilar',
  'grace',
  'mark',
  'frank',
  'noe',
]);

/** Takes further words into the name: capitalised ones, known names, particles that lead to one. */
function extend(words: Word[], taken: number, allowsUnknown: boolean): Word[] {
  let end = taken;
  while (end < words.length && end < mostWords) {
    let next = end;
    while (next < words.length && isParticle(words[next]!) && next - end < 2) next++;
    const word = words[next];
    if (word === undefined || word.separated || words.slice(end, next).some((particle) => particle.separated))
      break;
    const isSurname = surnames.has(word.plain) || (firstNames.has(word.plain) && next === end);
    const isName = isSurname || (isCapitalised(word) && !commonWords.has(word.plain)) || isPatronymic(word);
    // An unknown word in lower case is a surname where the sentence ends or goes on right behind it.
    const isUnknownSurname =
      allowsUnknown &&
      next === end &&
      words.slice(1, end).every(({ plain }) => firstNames.has(plain)) &&
      isPlausible(word) &&
      endsThere(words[next + 1]) &&
      words[0]!.text.length > 2;
    // "Ana y Luis" are two names and one finding; "ana y quiero" is not.
    if (!isName && !isUnknownSurname) break;
    end = next + 1;
  }
  return words.slice(0, end);
}

function endsThere(following: Word | undefined): boolean {
  return following === undefined || following.separated || commonWords.has(following.plain);
}

function isPlausible(word: Word): boolean {
  return word.text.length > 3 && !commonWords.has(word.plain);
}

function isPatronymic(word: Word): boolean {
  return (
    word.plain.length > 4 &&
    /(?:ez|son|ski|oglu)$/.test(word.plain) &&
    !commonWords.has(word.plain) &&
    word.plain !== 'person'
  );
}

function isParticle(word: Word): boolean {
  return particles.has(word.plain) || (capitalisedParticles.has(word.plain) && isCapitalised(word));
}

function isCapitalised(word: Word): boolean {
  return /^\p{Lu}/u.test(word.text);
}

function isAcronym(word: Word): boolean {
  return word.text === word.text.toUpperCase();
}

function isArticle(word: Word): boolean {
  return ['la', 'el', 'los', 'las', 'un', 'una', 'the', 'a', 'an', 'my', 'mi', 'quien', 'who'].includes(
    word.plain,
  );
}
