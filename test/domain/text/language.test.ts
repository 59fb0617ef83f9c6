import assert from 'node:assert/strict';
import { detectLanguage } from '../../../src/domain/text/language';

/** Phrases of customers of a Spanish bot, by what a person would call their language; `und`: it could be any. */
const phrases: Record<string, string[]> = {
  es: [
    'quiero un café con leche',
    'a que hora abren',
    'puedo llevar al perro a la terraza',
    'teneis wifi',
    'hay wifi',
    'cuanto sale el cafe',
    'tenés wifi che',
    'mesa para 8',
    'gracias',
    'la clave del wifi',
    'no funciona el wifi',
    'los perros pueden entrar',
    'mi numero es <PHONE_1>',
    'hola soy <NAME_1>',
    'me das la clave',
    'sin gluten?',
    'hasta que hora',
    'dos cafes con leche',
    'para llevar',
    'ola, teneis wifi',
  ],
  en: [
    'do you have wifi?',
    'can I bring my dog',
    'is there gluten free',
    'wifi password please',
    'what time do you open',
    'a table for two please',
    'where are you located?',
  ],
  ca: ['bon dia, teniu wifi?', 'puc portar el gos?', 'quines opcions sense gluten teniu'],
  pt: ['olá, vocês têm wifi?', 'posso levar o cachorro?', 'quanto custa um café'],
  fr: ['avez-vous du wifi', 'bonjour, je voudrais une table pour deux', 'quels sont vos horaires ?'],
  it: ['ciao, avete il wifi', 'vorrei un caffè', 'a che ora aprite domani?'],
  de: ['haben sie wlan', 'ein Kaffee bitte', 'wann machen Sie auf?'],
  eu: ['kaixo, wifia daukazue?'],
};
const undecidable = [
  'tenei terrasa',
  // No telling word, and too short for anything else to tell.
  'aceptan mascotas',
  'ok',
  'wifi',
  'menu',
  '👍',
  '123',
  '???',
  '<PHONE_1>',
  'latte grande',
  'asdkjh asd',
];

describe('detectLanguage', () => {
  for (const [language, texts] of Object.entries(phrases))
    it(`recognises ${language}`, () => {
      assert.deepEqual(
        texts.filter((text) => detectLanguage(text, 'es') !== language),
        [],
      );
    });

  it('calls no phrase foreign that could be any language', () => {
    assert.deepEqual(
      undecidable.filter((text) => detectLanguage(text, 'es') !== 'und'),
      [],
    );
  });

  it('leans to the language of the bot where cues are shared', () => {
    assert.equal(detectLanguage('hola wifi?', 'es'), 'es');
    assert.equal(detectLanguage('hello', 'en'), 'en');
    assert.equal(detectLanguage('hello', 'es'), 'und');
  });
});
