import assert from 'node:assert/strict';
import { contentKey, contentWords, stem } from '../../../src/jobs/discover/text/content';
import { fold } from '../../../src/jobs/discover/text/fold';
import { suggestNames as suggestNamesOf } from '../../../src/jobs/discover/text/names';
import { distinctiveTerms } from '../../../src/jobs/discover/text/terms';

/** Names from terms alone, each of them in every phrase. */
function suggestNames(topics: string[][], known: readonly string[], language: string): string[] {
  const whole = topics.map((terms) => ({ terms, phrases: [terms.join(' ')], kept: null }));
  return suggestNamesOf(whole, known, language);
}

const validName = /^([0-9a-zA-Z][_-]?){1,100}$/;

describe('folding', () => {
  it('takes away case, accents, stretched letters, placeholders and slots', () => {
    assert.equal(fold('¿HOLAAAA, tenéis WIFI?'), '¿hola, teneis wifi?');
    assert.equal(fold('llámame al <PHONE_1>').replace(/\s+/g, ' '), 'llamame al phone');
    assert.equal(fold('un {TipoCafe}'), 'un');
  });
});

describe('content', () => {
  it('is what courtesy and function words leave', () => {
    assert.deepEqual(contentWords('Hola, buenas, ¿tenéis la clave del wifi, por favor?'), ['clave', 'wifi']);
    assert.deepEqual(contentWords('can you tell me the password please'), ['password']);
  });

  it('is everything where nothing would be left', () => {
    assert.deepEqual(contentWords('hola buenas'), ['hola', 'buenas']);
  });

  it('gives the same key to the same request', () => {
    assert.equal(contentKey('hay wifi?'), contentKey('Hola! Tenéis WIFI, porfa'));
    assert.equal(contentKey('admiten perros'), contentKey('perro, admiten?'));
    assert.equal(contentKey('😀 !!'), '');
  });

  it('meets number, gender and diminutives in one stem', () => {
    assert.equal(stem('perros'), stem('perrito'));
    assert.equal(stem('reservado'), stem('reservar'));
    assert.equal(stem('wifi'), 'wifi');
    assert.equal(stem('sol'), 'sol');
  });
});

describe('terms', () => {
  it('are what sets a group apart, in the form that it uses', () => {
    const [first, second] = distinctiveTerms(
      [
        ['tenéis menú sin gluten', 'el menú lleva gluten?', 'gluten en la tarta'],
        ['el menú del día', 'qué hay de menú hoy', 'menús'],
      ],
      2,
    );
    assert.equal(first![0], 'gluten');
    assert.equal(second![0], 'menú');
  });

  it('hold no placeholders, numbers or courtesy', () => {
    const [terms] = distinctiveTerms([['hola mesa para 12 a nombre de <NAME_1> {Hora}']], 10);
    assert.deepEqual(terms, ['mesa', 'nombre']);
  });
});

describe('names', () => {
  const cafe = ['ConsultarHorario', 'ConsultarMenu', 'PedirCafe', 'ReservarMesa', 'Saludar'];

  it("follow the bot's style", () => {
    assert.deepEqual(suggestNames([['wifi']], cafe, 'es'), ['ConsultarWifi']);
    assert.deepEqual(suggestNames([['wifi']], ['consultar_horario', 'consultar_menu'], 'es'), [
      'consultar_wifi',
    ]);
    assert.deepEqual(suggestNames([['wifi']], ['check-hours', 'check-menu', 'book-table'], 'en'), [
      'check-wifi',
    ]);
    assert.deepEqual(suggestNames([['wifi']], ['checkHours', 'bookTable', 'checkMenu'], 'en'), ['checkWifi']);
    assert.deepEqual(suggestNames([['wifi']], ['book_hotel', 'oil_change', 'card_limit', 'meal'], 'en'), [
      'wifi',
    ]);
  });

  it('take the verb that the phrases share, and a thing rather than a verb', () => {
    const rent = [
      'se alquila el salón',
      'quiero alquilar el salón',
      'alquilan el local?',
      'puedo alquilar el salón',
    ];
    const rentTerms = ['alquilar', 'salón', 'local'];
    assert.deepEqual(suggestNamesOf([{ terms: rentTerms, phrases: rent, kept: null }], cafe, 'es'), [
      'AlquilarSalon',
    ]);
    const freeze = ['can you freeze my account', 'i need to freeze my account', 'freeze the account please'];
    const topic = { terms: ['freeze', 'account'], phrases: freeze, kept: null };
    assert.deepEqual(suggestNamesOf([topic], ['check-hours', 'book-table'], 'en'), ['freeze-account']);
    // The bot's own verbs come first: "pedir" is in most of these.
    const order = ['pedir una tarta', 'quiero pedir tarta', 'la tarta de queso'];
    assert.deepEqual(
      suggestNamesOf([{ terms: ['tarta', 'pedir'], phrases: order, kept: null }], cafe, 'es'),
      ['PedirTarta'],
    );
    // A pronoun at its end gives a verb away.
    const fetch = ['voy a buscarlo', 'el buscarlo hoy', 'lo del paquete'];
    const [fetchName] = suggestNamesOf(
      [{ terms: ['buscarlo', 'paquete'], phrases: fetch, kept: null }],
      cafe,
      'es',
    );
    assert.equal(fetchName, 'ConsultarPaquete');
  });

  it('have as many words as the bot uses, as the phrases order them', () => {
    const phrases = [
      'improve my credit score',
      'what is a good credit score',
      'raise the score of my credit',
    ];
    const topic = { terms: ['score', 'credit', 'improve'], phrases, kept: null };
    assert.deepEqual(suggestNamesOf([topic], ['oil_change', 'card_limit', 'travel_notice'], 'en'), [
      'credit_score',
    ]);
    assert.deepEqual(suggestNamesOf([topic], ['weather', 'meal', 'taxes'], 'en'), ['score']);
  });

  it('hold no halves of words', () => {
    const topic = { terms: ['fi', 'wi', 'terraza'], phrases: ['wi-fi en la terraza'], kept: null };
    assert.deepEqual(suggestNamesOf([topic], cafe, 'es'), ['ConsultarTerraza']);
  });

  it('are kept where people know them, unless the bot has taken them meanwhile', () => {
    const topic = (kept: string | null) => ({ terms: ['wifi'], phrases: ['wifi'], kept });
    assert.deepEqual(suggestNamesOf([topic(null), topic('ConsultarWifi')], cafe, 'es'), [
      'ConsultarWifi2',
      'ConsultarWifi',
    ]);
    assert.deepEqual(suggestNamesOf([topic('consultarMENU')], cafe, 'es'), ['ConsultarWifi']);
  });

  it('begin with a verb of the language where the bot has no intents', () => {
    assert.deepEqual(suggestNames([['wifi']], [], 'es'), ['PreguntarWifi']);
    assert.deepEqual(suggestNames([['dogs']], [], 'en'), ['AskDogs']);
  });

  it('are valid in Lex and differ from all others', () => {
    const names = suggestNames([['menú'], ['menú'], ['menú', 'niños'], [], ['ñandú'], ['日本']], cafe, 'es');
    assert.equal(
      new Set([...names, ...cafe].map((name) => name.toLowerCase())).size,
      names.length + cafe.length,
    );
    for (const name of names) assert.match(name, validName);
    assert.equal(names[2], 'ConsultarMenuNinos');
    assert.equal(names[4], 'ConsultarNandu');
  });

  it('stay within what Lex allows in length', () => {
    const [name] = suggestNames([['x'.repeat(300)]], cafe, 'es');
    assert.match(name!, validName);
  });
});
