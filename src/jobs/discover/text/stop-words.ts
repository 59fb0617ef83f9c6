/**
 * Words that carry no topic: function words, the verbs that frame any request ("tenéis", "puedo", "can you"),
 * courtesy, greetings and laughter. Folded: lower case, no accents.
 */
const spanish = `
a al algo alguien algun alguna alguno algunas algunos alli ahi ante antes aqui aca asi aun aunque bajo bien cada casi como
con contra cual cuales cualquier cuando cuanta cuantas cuanto cuantos cuya cuyo de del desde donde dos durante e el ella
ellas ello ellos en entonces entre era eran eres es esa esas ese eso esos esta estaba estado estais estamos estan estar
estas este esto estos estoy etc fue fueron ha haber habeis habia habra han has hasta hay haya he hemos hoy la las le les
lo los luego mas me mi mia mias mientras mio mios mis misma mismo mucha muchas mucho muchos muy nada ni ningun ninguna no
nos nosotras nosotros nuestra nuestro o os otra otras otro otros para pero poca poco por porque pues q que quien quienes k
x xq pq d pa se sea segun ser si sido sin sino sobre sois solo somos son soy su sus suya suyo tal tambien tampoco tan
tanta tanto te ti todo todos toda todas tu tus tuya tuyo u un una unas uno unos usted ustedes va vais vamos van vas ver
vos vosotras vosotros voy vuestra vuestro y ya yo
tener tengo tiene tienen tienes tienen tenemos teneis tenes tenia poder puedo puede pueden puedes podemos podeis podes
podre podria podrian podriais podrias querer quiero quiere quieren quieres queremos queria quisiera querria kiero necesito
necesita necesitamos gustaria hacer hago hace hacen haces haceis hacemos saber se decir dime dices decis dar dame das dan
me pasame pasas poner existe disponen disponeis ofrecen
`;

const english = `
a about above after again all also am an and any anyone are as at be because been before being below between both but by
can could d did do does doing don down during each few for from further get go had has have having he her here him his how
i if im in into is it its just let like ll m make may me might more most must my need no nor not now of off on once only
or other our out over own please re s same shall she should so some such t tell than that the their them then there these
they this those through to too under until up us ve very want was we were what when where whether which while who whom why
will with would you your
`;

const courtesy = `
hola holaa holi holis buenas buenos buena buen dia dias tardes noches tarde noche hey ola che oye oiga oigan disculpa
disculpe disculpad perdon perdona perdone gracias grax graciass favor porfa porfavor porfi porfis plis pls plz xfa xfavor
saludos adios chau chao ok okay vale jaja jajaja jeje jejeje xd hi hello thanks thank thx sorry bye morning afternoon
evening
`;

export const stopWords = asSet(`${spanish} ${english} ${courtesy}`);
/** Those of the stop words that are said in any phrase and ask for nothing. */
export const courtesyWords = asSet(courtesy);

function asSet(list: string): ReadonlySet<string> {
  return new Set(list.split(/\s+/u).filter((word) => word !== ''));
}
