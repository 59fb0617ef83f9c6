/** What a phrase holds, in the order of the text; kinds as in the placeholders. */
export interface LabelledPhrase {
  text: string;
  personal: { kind: string; value: string }[];
}

/** `[kind:value]` marks personal data; all people and numbers are invented, check digits are valid unless said. */
const marked = `
llámame al [PHONE:612345678]
mi teléfono es [PHONE:612 345 678]
mi tel es [PHONE:612 34 56 78]
mi móvil: [PHONE:+34 612 345 678]
tel [PHONE:+34 (612) 345678]
soy la [NAME:Ana]
[PHONE:600112233]
puedes llamar al [PHONE:+34612345678] por la tarde
el whatsapp es [PHONE:0034 612 345 678]
tfno. [PHONE:91 234 56 78]
fijo [PHONE:912345678], preguntar por el encargado
avisadme al [PHONE:722.345.678]
mi numero es el [PHONE:6 1 2 3 4 5 6 7 8]
612-345-678 no es mío, el mío es [PHONE:655-443-322]|[PHONE:612-345-678]
soy del [PHONE:34 612345678]
mandame un wasap al [PHONE:+54 9 11 5555-0142]
mi celu es [PHONE:11 5555-0187]
llamame al [PHONE:011 4555-0163]
mi cel [PHONE:(011) 4555-0163]
el número es [PHONE:+54 11 5555 0163], gracias
whatsapp [PHONE:5491155550142]
marcame al [PHONE:55 1234 5678]
mi celular es [PHONE:5512345678]
llámame al [PHONE:+52 55 1234 5678]
teléfono [PHONE:(55) 1234 5678]
call me at [PHONE:(212) 555-0134]
my phone is [PHONE:212-555-0134]
my number is [PHONE:+1 212 555 0134] thanks
text me [PHONE:212.555.0134]
reach me on [PHONE:+44 20 7946 0958]
my mobile is [PHONE:+44 7700 900123]
numéro [PHONE:+33 6 12 34 56 78]
teléfono: [PHONE:4555-0163]
mi teléfono es el [PHONE:4555 0163]
phone [PHONE:5550134]
a las 20:30, mi móvil [PHONE:699112233]
somos 6 y mi numero es [PHONE:699112233]
mesa para 6 [PHONE:699112233]
te dejo mi tel [PHONE:699112233] y el de mi marido [PHONE:688112233]
mi dni es [DNI:12345678Z]
dni [DNI:12345678-Z]
mi DNI [DNI:12.345.678-Z]
documento [DNI:12345678z] a nombre de la empresa
[DNI:00000000T] para la factura
factura con NIF [DNI:87654321X] por favor
mi dni es [DNI:12345678 Z]
dni: [DNI:12345678]
mi dni es 30123456|[DNI:30123456]
el documento es [DNI:30.123.456]
mi dni mal escrito es [DNI:12345678A]
my id number is [DNI:12345678Z]
mi nie es [NIE:X1234567L]
NIE [NIE:Y1234567X]
tengo nie [NIE:Z1234567R] vale?
nie [NIE:X-1234567-L]
mi nie es [NIE:x1234567l]
mi NIE mal escrito [NIE:X1234567A]
mi cuit es [CUIT:20-39738799-3]
factura A, cuit [CUIT:23373974420]
iban [IBAN:ES91 2100 0418 4502 0005 1332]
mi cuenta es [IBAN:ES9121000418450200051332]
devolvedlo a [IBAN:es9121000418450200051332] gracias
cuenta [IBAN:ES91-2100-0418-4502-0005-1332].
transfer to [IBAN:GB82 WEST 1234 5698 7654 32] please
mi banco alemán: [IBAN:DE89 3704 0044 0532 0130 00]
cuenta [IBAN:FR14 2004 1010 0505 0001 3M02 606]
mi cuenta (mal copiada) es [IBAN:ES92 2100 0418 4502 0005 1332]
cuenta [IBAN:2100 0418 45 0200051332]
mi tarjeta es [CARD:4111 1111 1111 1111]
pagué con [CARD:4111111111111111]
visa [CARD:4012-8888-8888-1881] caduca en mayo
mastercard [CARD:5555 5555 5555 4444]
amex [CARD:3782 822463 10005]
amex [CARD:378282246310005]
charge my card [CARD:5105105105105100]
my credit card is [CARD:4222222222222]
tarjeta mal escrita [CARD:4111 1111 1111 1112]
te paso la tarjeta, [CARD:4111.1111.1111.1111]
mi correo es [EMAIL:ana.lopez@example.com]
escríbeme a [EMAIL:ana_lopez+cafe@correo.example.es].
email: [EMAIL:pepe@example.org], gracias
send it to [EMAIL:john.smith@example.co.uk] please
(EMAIL) [EMAIL:x@y.io]
mi mail es [EMAIL:maría@ejemplo.es]
mi correo es [EMAIL:ana arroba gmail punto com]
mi mail es [EMAIL:ana punto lopez arroba hotmail punto com] gracias
correo [EMAIL:pepe arroba gmail.com]
my email is [EMAIL:john at gmail dot com]
write to [EMAIL:john dot smith at example dot com]
[EMAIL:ana(at)example.com]
desde la ip [IP:192.168.1.20] no entra
my ip is [IP:8.8.8.8]
ip [IP:2001:db8:0:0:0:0:0:1]
la ip es [IP:2001:db8::1]
mira [URL:https://example.com/u?id=33]
está en [URL:www.example.com/carta]
mi número es [PHONE:seis uno dos tres cuatro cinco seis siete ocho]
llámame al [PHONE:seis doce treinta y cuatro cincuenta y seis setenta y ocho]
[PHONE:seiscientos doce, treinta y cuatro, cincuenta y seis, setenta y ocho]
apunta: [PHONE:seis, uno, dos, tres, cuatro, cinco, seis, siete, ocho]
mi teléfono: [PHONE:seis doble uno dos tres cuatro cinco seis siete]
call me on [PHONE:six one two three four five six seven eight]
my phone is [PHONE:two one two five five five oh one three four]
mi móvil [PHONE:6 uno 2 tres 4 cinco 6 siete 8]
mi dni es [DNI:uno dos tres cuatro cinco seis siete ocho z]
tarjeta [CARD:cuatro uno uno uno uno uno uno uno uno uno uno uno uno uno uno uno]
me llamo [NAME:Ana]
me llamo [NAME:Ana García]
hola, me llamo [NAME:ana garcia] y quiero una mesa
mi nombre es [NAME:José Luis Pérez de la Fuente], gracias
a nombre de [NAME:Iñaki Goñi]
reserva a nombre de [NAME:lucia] mañana a las 9
soy [NAME:Marta], vengo luego
soy [NAME:marta], vengo luego
soy [NAME:Xabier Zubizarreta]
hola soy [NAME:Lucía Ferrer], quiero una mesa para hoy
de parte de [NAME:Carlos Ruiz]
me llamo [NAME:Begotxu]
mi nombre es [NAME:ana zubizarreta] y quiero reservar
a nombre de señora [NAME:Gómez]
nombre: [NAME:Pedro Sánchez], dos personas
el pedido de [NAME:Gonzalo Etxeberria]
la reserva de [NAME:Beatriz Lozano] de esta noche
apunta mesa para 3, [NAME:Teresa Valverde], gracias
my name is [NAME:John Smith]
my name is [NAME:tom]
i'm [NAME:Sarah], table for two
I am [NAME:Michael Brown] and I want to book
this is [NAME:Emily Clark]
under the name of [NAME:Jessie]
under the name [NAME:kevin] at 7
my name's [NAME:Frank]
soy [NAME:Ana], mi móvil es [PHONE:612345678] y mi correo [EMAIL:ana@example.com]
a nombre de [NAME:Luis Torres], dni [DNI:12345678Z]
`;

/** Look-alikes: nothing in them is personal. */
const harmless = `
una mesa para 2 a las 20:30
cuánto cuesta el menú de 12,50
son 1.250 euros
me cobrasteis 1.234.567,89 pesos
el 12/05/2026 a las 14:00
del 2026-05-12 al 2026-05-15
el 12-05-2026 somos 8
pedido 48213
mi pedido es el 20260512
el número de pedido es 102938
order number 4829103
ticket 00012345
mesa 12, 3 cafés y 4 medialunas
abrís de 9:00 a 21:30?
de 08:00 a 12:00 y de 16:00 a 20:00
la clave del wifi es cafe2026?
tenéis enchufe de 220 v
un café de 250 ml y 2 de 500
vale por 10 % de descuento
calle Mayor 25, 28013 Madrid
código postal 28013
el bus 27 o el 150
10000000 gracias
99999999 besos
versión 2.14.1 de la app
soy celíaca
soy vegano, qué tenéis?
Soy Vegana
soy alérgico a los frutos secos
soy nueva aquí
soy cliente habitual
soy el de antes
soy la encargada
soy la Directora
SOY CELIACO Y QUIERO PAN
somos seis
somos cuatro y dos niños
dos cafés y tres tostadas
uno dos tres probando
dos o tres, cuatro como mucho
treinta y cuatro personas
seis mesas de cuatro y dos de ocho
cómo te llamas?
se llama café con leche?
a nombre de quién está la reserva
a nombre de la empresa
a mi nombre por favor
en nombre de todos gracias
aquí hay wifi?
i'm late
i'm vegan
I am allergic to nuts
this is great
this is the best coffee
it's closed?
can you call me a taxi
call me later
my name is important
what is your name
table for two at 7:30 pm
two coffees and three teas
one two three
the total was 1,234.56
from 10 to 12 or 14 to 16
open 24/7?
reserva de Navidad
pedido de Croissants
mesa para Nochebuena
vuestra calle es Alonso Martínez o plaza Santa Ana?
metro Alonso Martínez
la plaza de San Martín
quiero la Tarjeta Oro
ES muy caro 20 euros
es 20 la mesa
ESTO 1234
x 2
el dni es obligatorio?
hace falta dni para el wifi?
llámame el 12-05-2026
aceptáis tarjeta visa o mastercard?
puedo pagar con tarjeta 2 cafés
mi cuenta por favor, mesa 4
@cafelaesquina en instagram
os sigo en @cafe
100 @ 2
10.10 o 10.20
600.000.000 millones
año 2024-2025
3x2 en 4 productos de 5,99
talla 38 39 40 41
son las 9 o las 10?
2 4 6 8
1 2 3 4 5 6
me da 5 6 7
`;

function parsePhrase(line: string): LabelledPhrase {
  const [, also] = line.split('|');
  const source = line.split('|')[0]!;
  const personal: LabelledPhrase['personal'] = [];
  const text = source.replace(/\[([A-Z]+):([^\]]*)\]/g, (_, kind: string, value: string) => {
    personal.push({ kind, value });
    return value;
  });
  for (const [, kind, value] of (also ?? '').matchAll(/\[([A-Z]+):([^\]]*)\]/g))
    personal.push({ kind: kind!, value: value! });
  return { text, personal };
}

const lines = (block: string) => block.split('\n').filter((line) => line !== '');

export const labelledPhrases: LabelledPhrase[] = lines(marked).map(parsePhrase);
export const harmlessPhrases: string[] = lines(harmless);
