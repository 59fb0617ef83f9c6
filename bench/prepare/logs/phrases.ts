import { seededRandom } from '../../../src/domain/random';

/** A phrase as somebody typed it, and how many pieces of personal data it holds. */
export interface Phrase {
  text: string;
  personalData: number;
}

/** How often people say something that many say, something that some say, and something that nobody said before. */
const shares = { head: 0.6, middle: 0.28, personalData: 0.02 };
const headPhrases = 2_000;
const middlePhrases = 200_000;

const openings = [
  '',
  '',
  '',
  'hola, ',
  'buenas, ',
  'perdona, ',
  'oye, ',
  'disculpe, ',
  'una pregunta, ',
  '¿',
];
const requests = [
  'quiero', 'quería', 'me pones', 'ponme', 'tenéis', 'hay', 'cuánto cuesta', 'puedo pedir', 'se puede pedir',
  'dónde recojo', 'a qué hora sale', 'necesito', 'cómo pido', 'cambia', 'cancela', 'añade',
]; // prettier-ignore
const quantities = [
  '', 'un ', 'otro ', 'medio ', 'el ', 'mi ', 'ese ', 'algún ', 'el mismo ', 'el último ', 'un buen ', 'cualquier ',
]; // prettier-ignore
const things = [
  'café con leche', 'cortado', 'café solo', 'capuchino', 'té verde', 'zumo de naranja', 'batido de fresa',
  'bocadillo de jamón', 'cruasán', 'bizcocho de limón', 'desayuno completo', 'menú del día', 'pincho de tortilla',
  'helado de vainilla', 'chocolate con churros', 'agua con gas', 'refresco', 'sándwich mixto', 'plato combinado',
  'postre de la casa', 'té con limón', 'café descafeinado', 'sitio en la terraza', 'wifi', 'enchufe', 'aparcamiento',
]; // prettier-ignore
const additions = [
  '', ' sin azúcar', ' con leche de avena', ' con hielo', ' bien caliente', ' para llevar', ' sin gluten',
  ' con canela', ' muy dulce', ' templado', ' con nata', ' sin lactosa', ' con sacarina', ' en vaso grande',
  ' en taza pequeña', ' poco hecho', ' con miel', ' aparte', ' de tamaño medio', ' recién hecho',
]; // prettier-ignore
const times = [
  '', '', ' ahora', ' para esta tarde', ' mañana temprano', ' el domingo', ' al mediodía', ' esta noche',
  ' antes de comer', ' en media hora', ' cuando llegue', ' el viernes por la tarde', ' después del cine',
  ' a primera hora', ' entre semana', ' en verano',
]; // prettier-ignore
const places = [
  '', '', '', ' en la terraza', ' en la barra', ' en el local del centro', ' junto a la ventana', ' en la planta de arriba',
  ' en el del puerto', ' en la estación', ' al lado de la puerta', ' en el jardín',
]; // prettier-ignore
const endings = ['', '', '', '', ' por favor', ' gracias', '?', '!', '...', ' 🙂', ' porfa', ', ¿vale?'];

/** Answers to the bot's questions; people also say them at other times. */
const answers = ['sí', 'no', 'a las ocho', 'mañana', 'somos cuatro', 'en la terraza', 'vale', 'el viernes'];

/** Makes phrases as customers of a café type them: a head that repeats, and a tail without an end. */
export class Phrases {
  constructor(
    private readonly random: () => number,
    private readonly serial: () => number,
  ) {}

  next(): Phrase {
    const kind = this.random();
    if (kind < shares.personalData) return this.withPersonalData();
    const text =
      kind < shares.head
        ? ranked(Math.floor(headPhrases ** this.random()) - 1)
        : kind < shares.head + shares.middle
          ? ranked(headPhrases + Math.floor(middlePhrases * this.random() ** 2))
          : ranked(headPhrases + middlePhrases + this.serial());
    return { text: this.asTyped(text), personalData: 0 };
  }

  answer(): Phrase {
    return { text: pick(answers, this.random), personalData: 0 };
  }

  /** The same phrase comes with and without accents, capitals and superfluous spaces. */
  private asTyped(text: string): string {
    const way = this.random();
    if (way < 0.2)
      return text
        .normalize('NFD')
        .replace(/[\u0301\u0308]/g, '')
        .normalize('NFC');
    if (way < 0.4) return text.charAt(0).toUpperCase() + text.slice(1);
    if (way < 0.42) return text.toUpperCase();
    if (way < 0.44) return text.replace(' ', '  ');
    return text;
  }

  private withPersonalData(): Phrase {
    const { random } = this;
    const digits = (count: number) => Array.from({ length: count }, () => Math.floor(random() * 10)).join('');
    const number = 10_000_000 + Math.floor(random() * 80_000_000);
    const forms: (() => string)[] = [
      () => `llámame al 6${digits(8)}`,
      () => `mi teléfono es 6${digits(2)} ${digits(3)} ${digits(3)} para la reserva`,
      () => `el dni es ${number}${'TRWAGMYFPDXBNJZSQVHLCKE'[number % 23]}`,
      () => `mándame la factura a cliente${digits(5)}@example.com`,
      () => `me llamo ${pick(['Lucía', 'Javier', 'Carmen', 'Pablo'], random)} y quiero pedir`,
    ];
    return { text: pick(forms, random)(), personalData: 1 };
  }
}

/** The phrase of a rank: always the same one. */
function ranked(rank: number): string {
  if (rank < answers.length) return answers[rank]!;
  const random = seededRandom(rank);
  const parts = [requests, [' '], quantities, things, additions, times, places, endings];
  return pick(openings, random) + parts.map((part) => pick(part, random)).join('');
}

function pick<T>(values: T[], random: () => number): T {
  return values[Math.floor(random() * values.length)]!;
}
