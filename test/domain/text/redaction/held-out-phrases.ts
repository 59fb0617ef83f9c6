import { parseLabelled, type LabelledPhrase } from './labelled-phrase';

/**
 * The half of the list that detectors are measured on and never made for. Do not change a detector because of a
 * phrase in here: move these to the other half then, and write new ones.
 *
 * All people and numbers are invented; check digits are valid.
 */
const phrases = `
os dejo mi número por si acaso: [PHONE:651 204 877]
llamad al móvil [PHONE:(+34) 690 115 872]
con el [PHONE:0034-722-518-906] no tengo cobertura
tlf: [PHONE:93.417.02.88], extensión no hay
es el teléfono de la oficina, [PHONE:(976) 21 40 98]
el fijo [PHONE:985 41 77 02] o el móvil [PHONE:619 48 20 75]
número [PHONE:627384910], a partir de las 17:00
reserva para 5, a las 14:30, [PHONE:658.017.294]
mi nuevo número es [PHONE:7 1 8 2 0 4 9 6 5]
me podéis mandar un sms al [PHONE:+34 664-209-713]?
teléfono[PHONE:639140827]
le paso el contacto de mi hermana [PHONE:692 77 01 48]
ese no, [PHONE:615 330 942]
wasapéame al [PHONE:(34) 677 140 925]
el bueno es [PHONE:605 19 82 34] y el malo [PHONE:605 19 82 43]
apuntad [PHONE:+34.681.027.394] y llamadme
mi madre no oye, mejor [PHONE:922 50 18 77]
para la terraza llamé desde el [PHONE:+34 911 04 72 38]
soy la vecina, [PHONE:876 01 49 52]
no contestáis en el [PHONE:722-804-196]
el móvil: [PHONE:seis nueve ocho, dos cero cuatro, uno siete cinco]
mi teléfono es el [PHONE:seiscientos setenta y dos, catorce, cero nueve, ochenta y seis]
apunta, [PHONE:seis tres uno cero cero dos siete nueve cuatro]
llámame al [PHONE:nueve uno ocho treinta y dos cuarenta cero siete]
es el [PHONE:siete uno uno, ochenta y cinco, veintiséis, treinta]
marca el [PHONE:seis sesenta y uno, dos cuatro cinco, cero nueve ocho]
apúntate [PHONE:6 cuatro 9 cero 2 7 siete 1 3]
my mobile number is [PHONE:six five one, two oh four, eight seven seven]
give me a ring on [PHONE:+44 20 7946 0321]
my phone is [PHONE:+1-415-555-0198]
call [PHONE:(718) 555-0143] if there's a problem
my partner's number is [PHONE:503 555 0176]
sms to [PHONE:+34 654 090 318]
cell: [PHONE:6465550112]
phone: [PHONE:+49 1512 3456789]
mi cel: [PHONE:+52 81 2094 5518]
mi número argentino es [PHONE:+54 9 261 488 2093]
teléfono de contacto [PHONE:+51 987 204 316]
mi número es francés: [PHONE:+33 7 81 20 94 55]
tengo número de portugal [PHONE:00351 912 408 773]
dni: [DNI:19251888-Z]
para el carné joven, dni [DNI:66809579F]
[DNI:74869350-a] es mi dni
mi nif [DNI:04746352A], ponlo en la factura
número de identidad [DNI:49.087.000-D]
factura a [DNI:47136797E]
nif [DNI:7517153V]
el del titular es [DNI:41.282.761 S]
os envié el [DNI:03890401 C] ayer
DNI [DNI:58 623 556 Y]
my dni is [DNI:40947185d]
id: [DNI:45644433-J]
mi dni cuatro palabras: [DNI:siete tres dos nueve dos seis ocho dos p]
nie [NIE:X9151759J]
mi NIE es [NIE:Z-6374376-T], caduca en mayo
[NIE:X 7421595 R] para el alta
n.i.e. [NIE:Z1816332G]
tarjeta de residencia [NIE:x4714610r]
my residence number is [NIE:X-2406824N]
somos una sl, cif [CIF:B50771393]
el CIF de mi empresa: [CIF:A-11142577]
la comunidad de vecinos es [CIF:H89507990]
facturad a [CIF:G30559579] club deportivo
cif de la parroquia [CIF:R3554730F]
organismo público [CIF:S-8937284-A]
ute con cif [CIF:u56388036]
VAT number [CIF:ESB50771393]
invoice to [CIF:V30280689] please
ingresádmelo en [IBAN:ES65 9848 6918 6823 4887 2191]
IBAN: [IBAN:ES6399838907891018057820].
número de cuenta [IBAN:ES40-9743-2121-8009-5320-2180]
el recibo está domiciliado en [IBAN:ES38 9325 1637 90 1402264551]
cuenta [IBAN:es29 9270 5987 3494 1814 0351] a nombre de la sociedad
mi ccc es [IBAN:9689 5648 21 2374203434]
ingreso en [IBAN:9320-8256-24-6863481688]
[IBAN:ES91 9594 5391 4217 5711 3290] ese es el iban
my bank is dutch: [IBAN:NL53 INGB 3945 0802 46]
mi cuenta belga [IBAN:BE26 5005 6820 1065]
irish iban [IBAN:IE34AIBK39384072700658]
cuenta suiza [IBAN:CH65 7269 4102 2771 0540 3]
cobradme en la [CARD:4916 0404 0138 7296]
mi visa es [CARD:5150940418954768]
tarjeta: [CARD:5538 2033 6639 1860] cvv os lo digo luego
[CARD:2221-1687-4191-7672] caduca el 09/28
número de la tarjeta [CARD:4231.4658.5501.5499]
la del banco es [CARD:549750621789 2202]
amex [CARD:3421 273266 14888]
credit card [CARD:6011615948090161]
use [CARD:4907 2381 8996 5827] please
card no [CARD:3784 919768 92179]
me han hecho un cargo en [CARD:4916040401387296]
la visa, [CARD:cuatro nueve uno seis cero cuatro cero cuatro cero uno tres ocho siete dos nueve seis]
escríbeme a [EMAIL:irene-sanz@correo.example.es]
mi email: [EMAIL:r.molina.1979@example.com]
mandad el ticket a [EMAIL:Compras_Oficina@example.org], por favor
os escribí desde [EMAIL:nachete77@example.net]
el correo es [EMAIL:hola@cafe-luna.example]
correo:[EMAIL:o'brien@example.ie]
¿os llegó lo de [EMAIL:david+bodas@mail.example.co]?
mi correo es [EMAIL:irene guion sanz arroba yahoo punto es]
correo electrónico: [EMAIL:r punto molina arroba gmail punto com]
es [EMAIL:nachete setenta y siete arroba hotmail punto com]
mándalo a [EMAIL:secretaria arroba colegio punto edu punto es]
[EMAIL:irene (at) example (dot) com]
escribe a [EMAIL:david(arroba)example.com]
my address is [EMAIL:greg dot hill at outlook dot com]
email: [EMAIL:greg_hill@example.co.nz]
it's [EMAIL:orders at shop dot example dot com]
contact [EMAIL:help@sub.example.com.ar]
mi correo [EMAIL:marta @ ejemplo.es]
la tablet tiene la ip [IP:192.168.4.77]
me bloqueáis la [IP:198.51.100.23]?
[IP:172.16.254.1] no responde
from [IP:2001:db8::ff00:42:8329]
el enlace [URL:https://cafe.example/reserva?tel=651204877] caduca
mirad mi reseña [URL:http://opiniones.example.com/u/irene.sanz]
[URL:www.example.org/fotos/boda-de-marta]
I left a review at [URL:https://reviews.example.com/@greghill]
me llamo [NAME:Amparo] y querría una mesa
me llamo [NAME:nicolás vega] tengo reserva a las 9
hola me llamo [NAME:Saioa], os escribí ayer
soy [NAME:Rodrigo], el del pedido grande
soy [NAME:Ainhoa Etxaniz], tengo una duda
buenas tardes, soy [NAME:Maribel Rueda] de la asociación
mi nombre es [NAME:Tadeo Villar]
a nombre de [NAME:Ximena Robledo], por favor
ponla a nombre de [NAME:josefina]
la reserva va a nombre de la señora [NAME:Carranza]
está a nombre de [NAME:Jordi Pla i Serra]
de parte de [NAME:Encarni]
pregunta por [NAME:Vicente Navas]
mi hija se llama [NAME:Valentina] y cumple 6
nombre: [NAME:Eulalia Pozo]
me apellido [NAME:Goikoetxea]
habla [NAME:Matilde], de recepción
la tarta es para [NAME:Benita]
felicitad a [NAME:Sofía Arce] de mi parte
recoge mi compañero [NAME:Álex Fuentes]
el camarero [NAME:Julián] fue muy amable
firmado: [NAME:Leocadia Prieto]
gracias, [NAME:Mercedes Lobo]
ha llamado [NAME:Teodoro Gil]
mesa para dos, [NAME:Aurelio Conde]
my name is [NAME:Fiona Gallagher]
my name's [NAME:Kofi]
I'm [NAME:Siobhan], table by the window
this is [NAME:Rupert Ashby], I booked yesterday
under the name [NAME:Okafor]
reservation for [NAME:Emma Clarke] at nine
it's for Mrs [NAME:Lindqvist]
a table for [NAME:Margaret] please
call me [NAME:Bea]
his name is [NAME:Ollie]
ask for [NAME:Dmitri]
soy [NAME:Gonzalo Rey], tel. [PHONE:644 871 029], correo [EMAIL:gonzalo@example.com]
a nombre de [NAME:Berta Soler], dni [DNI:73292682P], paga con [CARD:5497506217892202]
cif [CIF:B50771393], iban [IBAN:ES6598486918682348872191], contacto [PHONE:935 20 41 77]
mi pedido 7301942 no llega
pedido nº 2026-118845
el pedido ABX-7781-20 viene incompleto
seguimiento 1Z 999 AA1 01 2345
código de reserva QX7P2M
el ticket es el 0093-22841
factura A/2026/1183
nº de factura 20260031
el código 44012987 no me deja
promo CAFE10 o DESAYUNO2X1
EAN 8437012345671
lote 260419B caducado
modelo KF-8801-B de cafetera
la contraseña es luna1234
el total son 38,70 €
eran 1.150,20 y cobraste 1.510,20
45 euros, 60 con bebida
pagué 900 y me sobran 150
600 € de fianza
700 gramos o 900
el kilo a 24,90
entre 650 y 720 euros la boda
75 céntimos
un 21% de IVA
abierto el 06-01-2027?
del 15/07 al 31/08
el 2 de mayo de 2027
2027.01.15 a las 18:00
13:00 - 16:00 y 20:00 - 23:30
sobre las 9 y cuarto o 9 y media
de 9 a 13 y de 17 a 21
sábado 18 y domingo 19
año 1998
somos entre 15 y 20 personas
6 cafés, 2 tés, 4 zumos y 1 agua
tres solos, dos cortados y un manchado
cinco tostadas, cinco zumos y cinco cafés
veinticinco personas a las dos y media
el menú de dieciocho cincuenta
nueve con noventa
treinta, cuarenta o cincuenta croissants
un kilo doscientos
media docena
vivo en el 28004
enviáis al 41013?
el cp es 48009
a 3 km, kilómetro 14
calle Alcalá 120, piso 3
línea 10, salida 2
vuelo VY1234 a las 6:45
matrícula 4821 KLM
sala B-204
talla 36, 38 o 40
34 36 38 40 42 y 44
12 24 36 48 60
1-2-3 probando
versión 3.11.0
10/10 la tarta
4,7 estrellas
puntos: 1250
wifi de 300 megas
una 1906 y dos 0,0
vino Marqués de Cáceres
un Conde de Haro brut
bocata Serranito
tortilla Betanzos
pan de Cea
la tarta Santiago lleva gluten?
el café Colombia Supremo
un Roibos con Leche de Avena
una Fanta y un Aquarius
Nuestra Señora del Carmen es festivo?
estáis al lado del Teatro Lope de Vega?
el metro Diego de León
hospital Gregorio Marañón
plaza Manuel Becerra
cerca de Santa Eulalia
el aeropuerto Adolfo Suárez
soy camarero
soy vegetariana
soy muy intolerante
soy alérgica al marisco
soy andaluz
soy quien llamó antes
Soy Cliente Premium
soy Celíaca
me llamo para quejarme
me llamó un repartidor
se llama cómo el postre?
cómo os llamáis en instagram
a nombre de los novios
a nombre del trabajo
nombre del vino?
el nombre no importa
pregunto por el menú
pregunta por los horarios
habla con cocina
la mesa de ayer
mesa para mañana
tarta para el viernes
la reserva del sábado
apunta dos más
de parte de la empresa
gracias, Adiós
saludos, nos vemos
necesito vuestro teléfono
cuál es vuestro correo
pedís dni a los menores?
se puede pagar con visa?
tengo la tarjeta del club
me dais el iban para el ingreso?
cuenta separada
os pongo una arroba delante
la arroba de instagram
punto y aparte
seguidme @luna_cafe
3 x 2 @ 10
dot your i's
I'm starving
I'm Vegan
I'm In
this is Great
this is Fair Trade?
call me back
call me crazy
name your price
what's the name of the cake
under a tree
table for Sunday
reservation for tomorrow
order for pickup
order 40-2231
gate 22, 10 minutes
it's 7.50
100,000 points
from 11 to 3
one of three, two of four
two flat whites and one mocha
five or six, maybe seven
nine to five
3 for 2
24/7/365
the code is 998877
`;

export const heldOutPhrases: LabelledPhrase[] = parseLabelled(phrases);
