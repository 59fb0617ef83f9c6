/** Something people talk about, with words that no other topic has. */
export interface Topic {
  /** As an intent is called. */
  name: string;
  phrases: string[];
}

const consonants = ['b', 'c', 'd', 'f', 'g', 'l', 'm', 'n', 'p', 'r', 's', 't', 'v', 'z'];
const vowels = ['a', 'e', 'i', 'o', 'u'];
const syllablesOfWord = 3;

const templates = [
  'la {a} del {b}',
  'una {a} con {b}',
  'la {a} y el {b}',
  'la {a} de {c}',
  'la {a} sin {c}',
  'por la {a} del {b} y la {c}',
  'con la {a} y con la {c}',
  'la {c} de la {a}',
  'el {b} de la {a}',
  'la {a} para el {b}',
  'la {a} en la {c}',
  'y la {a} con el {b} sin {c}',
  'de la {a} al {b}',
  'la {c} con la {a} y el {b}',
  'en la {a} por el {b}',
  'para la {a} y la {c}',
];

/** Invents a topic: made-up words of Spanish sound in sixteen everyday sentences. */
export function createTopic(random: () => number): Topic {
  const pick = (letters: readonly string[]) => letters[Math.floor(random() * letters.length)]!;
  const word = () => Array.from({ length: syllablesOfWord }, () => pick(consonants) + pick(vowels)).join('');
  const [a, b, c] = [word(), word(), word()];
  const words = { a, b, c };
  return {
    name: `Pedir${a[0]!.toUpperCase()}${a.slice(1)}`,
    phrases: templates.map((template) =>
      template.replaceAll(/\{([abc])\}/g, (_, name: keyof typeof words) => words[name]),
    ),
  };
}
