/**
 * Words that give a language away: function words and greetings that its neighbours here do not share. A word may
 * stand for several languages ("que"); a cue for both sides decides nothing, so only telling words are listed.
 * In lower case and with their accents.
 */
const cueLists: Record<string, string> = {
  es: `un que lo no de a en se era pedí porfa otro otra el los las una unos unas del al y pero porque qué cuál cuánto cuánta cuándo dónde cómo cuanto cuanta cuando
donde como hay está están estáis esta este esto ese eso tengo tienes tienen tenéis teneis tenés tenes tiene quiero
quisiera quieres quería queria queremos puedo puede pueden podemos podría podria poder hacer voy vais soy eres son hola
buenas buenos gracias por favor usted ustedes vosotros nosotros mañana hoy ayer ahora también tambien muy más mas
con para hasta desde sin sobre dame ponme dime me te os nos mi mesa perro perros abren abrís abris cierran cuesta vale
sale algo nada aquí aqui ahí che vos qué tal necesito gustaría gustaria llevar`,
  en: `good morning evening goodbye everyone speak open want would like talk the is are was were do does did have has you your yours i i'm my we our they there what which when where who how
why can could would should will and or but not with without for from this that these those please thanks thank hello
hi hey any some it its of to at on an be been`,
  ca: `un que no de a en era els amb què quin quina quins quan on bon dia teniu tenen té vull voldria puc podem sóc som gràcies gracies si us
plau però perquè també molt més avui demà ahir hi ha aquí aquest aquesta és són fins sense gos gossos taula us meu
meva obriu tanqueu`,
  pt: `um que de a se outro outra o os um uma uns umas do da dos das no na nos nas ao você vocês voces não nao sim têm tem tenho quero queria
posso pode podem eu ele ela nós olá ola oi obrigado obrigada bom boa tarde noite muito mais mas também tambem com para
sem por favor onde quando quanto qual é são está cachorro cães aberto fecham abrem até à`,
  fr: `un que de en se pas le les des du une est sont et ou où mais avec sans pour dans sur je tu il elle nous vous ils avez avons ai suis
êtes puis peut peux pouvez voudrais bonjour bonsoir salut merci s'il plaît plait quel quelle quelles quand comment
combien pourquoi ce cette ces mon ma mes votre vos au aux y a-t-il est-ce avez-vous chien chiens heure`,
  it: `un che lo no a se era altro il lo gli un' della dello degli delle nel nella e è sono avete abbiamo ho hai vorrei posso può potete ciao
buongiorno buonasera grazie per favore quanto quale quando dove come che perché perche anche con senza di da mi vi
ci questo questa cane cani aperto chiudete aprite alle ora domani oggi`,
  de: `der die das den dem ein eine einen und oder aber nicht mit ohne für fur von zu im am ist sind haben habt hat ich
du sie wir ihr mein meine was wann wo wie warum kann können konnen könnte möchte mochte hallo guten tag danke bitte
gibt es heute morgen hund hunde wlan offen auch`,
  gl: `un que de a se era outro o os unha unhas do da dos das no na ao tedes teño teñen quero podo pode son ola grazas graciñas por favor moito
máis tamén tamen con sen onde cando canto cal está están hoxe mañá can cans abrides pechades vós nós ata xa`,
  eu: `kaixo egun on arratsalde eskerrik asko mesedez bai ez da dira dut duzu duzue daukazue daukat dago nahi nuke non
noiz zer nola zenbat eta edo baina ere gaur bihar txakur txakurra wifia mahaia ordutan ireki ixten dezaket naiteke`,
};

/** All languages with cues. */
export const cuedLanguages = Object.keys(cueLists);

/** The languages that each cue stands for, as places in `cuedLanguages`. */
export const cueLanguages: ReadonlyMap<string, readonly number[]> = (() => {
  const languages = new Map<string, number[]>();
  for (const [place, language] of cuedLanguages.entries())
    for (const word of new Set(cueLists[language]!.split(/\s+/)))
      languages.set(word, [...(languages.get(word) ?? []), place]);
  return languages;
})();
