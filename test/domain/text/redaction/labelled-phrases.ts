import { parseLabelled, type LabelledPhrase } from './labelled-phrase';

/** The half of the list that detectors may be made for. All people and numbers are invented, check digits are valid unless said. */
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
[PHONE:612-345-678] no es mío, el mío es [PHONE:655-443-322]
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
mi dni es [DNI:30123456]
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

/** Written before the detectors were looked at; they have been mended by it since. */
const wild = `
buenas, apúntame en la lista, mi móvil es el [PHONE:634 90 17 25]
para confirmar llamad al [PHONE:+34 711 048 293] después de las 5
[PHONE:0034 678 21 09 43] es mi número
contacto: [PHONE:(+34) 655 708 119]
mi fijo es el [PHONE:(91) 402 77 15] por si no cojo el móvil
no me habéis llamado al [PHONE:687-04-51-92]
el teléfono de casa es [PHONE:943 21 70 58]
os paso un número: [PHONE:622.91.40.87]
tlf [PHONE:650913724] preguntad por mi madre
mi whats es [PHONE:+34-691-220-483]
llamadme cuando esté listo el pedido [PHONE:617 402 995] gracias
[PHONE:722 90 14 36] ese es el bueno
el móvil que os di está mal, es [PHONE:638 11 47 20]
ponme el número [PHONE:+34 93 418 26 07] en la ficha
me han cambiado de número, ahora es el [PHONE:6 4 4 1 9 0 2 7 3]
a ver si me llamáis al [PHONE:971.48.20.16]
mi teléfono [PHONE:609 817 344], el de mi pareja [PHONE:633 904 118]
quedamos a las 21:00, tel. [PHONE:660 218 935]
mesa para 4 el 14/06, teléfono [PHONE:685330917]
movil:[PHONE:673209458]
Tel:[PHONE:+34645882013]
si hay problema [PHONE:00 34 619 554 870]
me llamas al [PHONE:696/31/08/42]?
soy del hotel, [PHONE:952 31 94 07], es para un cliente
número de contacto ([PHONE:644 720 195])
mi número de teléfono: [PHONE:seis cuatro cuatro, nueve cero uno, siete dos tres]
es el [PHONE:seis tres nueve cero uno cinco ocho ocho dos]
llámame al [PHONE:seiscientos cuarenta y uno, veintidós, cero siete, noventa y tres]
mi móvil es [PHONE:seis cincuenta y cinco dieciocho cero tres veintinueve]
apunta el teléfono [PHONE:nueve uno cuatro dos cero siete tres uno ocho]
el número es [PHONE:siete once, doscientos tres, ochocientos cuarenta]
mi móvil es seis... mejor [PHONE:655 019 847]
call me back at [PHONE:+44 7911 204 856]
my cell is [PHONE:(646) 555-0187]
you can reach my husband at [PHONE:415-555-0162]
phone number: [PHONE:+1 (305) 555-0149]
my number's [PHONE:+353 85 712 0943]
text [PHONE:+34 688 410 927] when it's ready
my spanish mobile is [PHONE:604 918 275]
it's [PHONE:five five five oh one seven three nine], my phone number
my phone number is [PHONE:six four four, one nine zero, two seven three]
mi celular es [PHONE:+52 1 33 2145 0978]
anotá mi celu: [PHONE:+54 9 351 402 7718]
mi número es [PHONE:+57 310 402 8876]
llámenme al [PHONE:+56 9 6120 4471]
mi DNI: [DNI:53464097E]
dni [DNI:30246633-T] para la factura simplificada
es [DNI:62.992.312-G], apúntalo
mi nif es [DNI:16480894 Z]
el carnet de mi padre es [DNI:19722233d]
factura a mi nombre, [DNI:81924865S]
documento de identidad [DNI:22.633.920 B]
D.N.I. [DNI:59081935H]
nif:[DNI:88220482A]
mi número de dni es [DNI:17 784 483 D]
os mando el dni [DNI:78106871k] para el descuento de jubilado
dni [DNI:tres ocho ocho uno seis tres cero dos f]
my ID is [DNI:15032582N]
el dni del titular: [DNI:21535642-y]
tengo NIE: [NIE:X4709137W]
mi nie es el [NIE:X-3234302-L]
[NIE:Y8031986D] es mi número de extranjero
nie [NIE:x2976225w]
mi NIE [NIE:Z 6175466 V]
my NIE is [NIE:Z-4032085Y]
nie: [NIE:X-4.151.952-S]
la factura a nombre de la empresa con CIF [CIF:B67625657]
cif [CIF:B-58307943]
nuestro CIF es [CIF:A23022551], gracias
factura para la asociación, [CIF:G66778887]
el nif de la sociedad es [CIF:F35498773]
CIF: [CIF:J 37676046]
ayuntamiento, cif [CIF:P2373299C]
fundación con CIF [CIF:Q9811335J]
our company tax number is [CIF:B29808151]
pon el cif [CIF:b80749245] en el tique
mi cuit: [CUIT:27-16761851-6]
cuil [CUIT:20489178843]
el ingreso a [IBAN:ES92 9062 5072 1178 2510 7365]
mi iban es [IBAN:ES8292916320101490376253]
IBAN [IBAN:ES27-9963-7564-0115-2670-6729]
devolvedme el dinero en la cuenta [IBAN:ES08 96251918 81 2120395274]
la transferencia desde [IBAN:es30 9223 4709 0191 4544 6607]
cuenta corriente: [IBAN:9253 6519 05 8037696176]
número de cuenta [IBAN:46908227 25 1262242124]
cuenta alemana [IBAN:DE59 4257 2038 1901 0426 89]
from my british account [IBAN:GB77NWBK95166403436994]
mi cuenta de Portugal es [IBAN:PT75 5359 5155 1182 5669 3465 7]
cuenta italiana [IBAN:IT91X7407461116212628515235]
compte [IBAN:FR40 9128 9165 1872 4097 2101 079]
please refund to [IBAN:ES64 9838 7053 6497 8574 3949]
mi tarjeta es la [CARD:4590 1092 8159 0130]
visa [CARD:4373537990751168] caducidad 08/29
pago con [CARD:5185-2808-4148-5257]
mastercard [CARD:2221 6617 6031 3724]
me habéis cobrado dos veces en la [CARD:5188.8539.3363.3872]
número de tarjeta: [CARD:5500474395755136]
american express [CARD:3786 563551 50585]
my card is [CARD:6011 6245 9571 1772]
the card number is [CARD:377706589481131]
cobra en [CARD:51726516 76122204] el menú
la tarjeta acabada en 2001 es [CARD:5197 2997 5288 2001]
tarjeta [CARD:cinco uno ocho ocho cero siete dos nueve cero dos dos dos siete nueve uno nueve]
mi correo es [EMAIL:laura.vidal82@correo.example.com]
mandad la factura a [EMAIL:facturas-2026@empresa.example]
email [EMAIL:PEPE.RUIZ@EXAMPLE.ORG]
me registré con [EMAIL:j_ortega+promo@mail.example.net].
escribidme: [EMAIL:contacto@sub.dominio.example.es], no llaméis
<[EMAIL:nora@example.com]>
correo electrónico:[EMAIL:aitor99@example.eus]
mi correo es [EMAIL:laura punto vidal arroba gmail punto com]
es [EMAIL:pedro guion bajo ruiz arroba hotmail punto es]
el mail es [EMAIL:marta82 arroba outlook punto com], apúntalo
apunta: [EMAIL:nora (arroba) example (punto) com]
my email's [EMAIL:sam.taylor@example.co.uk]
it's [EMAIL:sam at example dot org]
email me at [EMAIL:taylor underscore sam at mail dot com]
send the invoice to [EMAIL:billing@acme.example]
lo mandas a [EMAIL:lola{arroba}example.com]
mi correo [EMAIL:info @ example.com]
la ip de la tele es [IP:10.0.14.203]
mi router es [IP:192.168.0.1] y no conecta
my address is [IP:203.0.113.77]
ipv6 [IP:fe80::1ff:fe23:4567:890a]
no carga desde [IP:2001:db8:85a3::8a2e:370:7334]
la web [URL:https://reservas.example.com/r/8812?user=lvidal] da error
mi perfil es [URL:http://example.org/~aitor]
pinchad en [URL:www.example.net/pedido/4471]
see [URL:https://example.com/u/sam-taylor]
me llamo [NAME:Nerea]
me llamo [NAME:Álvaro Montes Rubio] y tengo una reserva
hola, soy [NAME:Inés], lo de siempre
soy [NAME:Joaquín Beltrán], de la mesa 5
mi nombre es [NAME:Oihane Mendizabal]
mi nombre es [NAME:rosa maria quintana]
a nombre de [NAME:Ramiro Salvatierra], somos tres
resérvame a nombre de [NAME:paula] para las 22
a nombre del señor [NAME:Aguirre]
pregunta por [NAME:Elvira]
de parte de [NAME:Dolores Cifuentes]
la reserva está a nombre de [NAME:Yasmina El Amrani]
el pedido es de [NAME:Guillermo Prats]
nombre y apellidos: [NAME:Mireia Font i Puig]
habla [NAME:Susana]
mi marido se llama [NAME:Fermín] y recoge él
soy la señora [NAME:Villalobos]
te habla [NAME:Bautista Herrera]
apúntalo a [NAME:Chema]
la mesa de [NAME:Lorenzo Quiroga], por favor
me apellido [NAME:Echevarría]
ME LLAMO [NAME:CRISTINA]
my name is [NAME:Olivia Bennett]
hi, I'm [NAME:Declan], I booked for 8
this is [NAME:Harriet] speaking
a table under [NAME:Whitfield]
booking for Mr [NAME:Pemberton]
it's under the name of [NAME:Priya Nair]
my wife's name is [NAME:Gwen]
call me [NAME:Theo]
soy [NAME:Nuria Sastre], móvil [PHONE:648 220 917], dni [DNI:68202938A]
me llamo [NAME:Hugo Palacios], correo [EMAIL:hugo@example.com] y teléfono [PHONE:915 048 226]
pago con [CARD:4826 3304 3483 9549] o por iban [IBAN:ES88 9674 3822 4943 4677 7758]
a nombre de [NAME:Clara Benet], tel [PHONE:+34 606 118 402], 4 personas a las 21:30
pedido número 884120, quiero cambiarlo
mi pedido es el #A-20417
el código de pedido es ES20260417
el localizador es X4K9PL
número de reserva 60412
tique 000184423
la factura F-2026-00418
factura 2026/00231
albarán 45120098
referencia 7781204 del catálogo
código promocional VERANO2026
el cupón es 8F3K-22LM
código de barras 8410001234565
el lote L24071 sabe raro
producto con código 100-234-55
la wifi es CAFE_2026 o cafe2025?
son 1.345,00 € o 1345?
me cobraste 123456,78
el total eran 45,90€ y pagué 50
20 euros de propina, 180 en total
presupuesto de 3.500 a 4.000 euros
el menú cuesta 600 o 650?
912 gramos de café
600 700 euros cuesta la tarta?
cuesta entre 600 y 900
calorías 612 por ración
612 345 euros
abrís el 24-12-2026 y el 31-12-2026?
fue el 3 de marzo de 2026 a las 10:45:30
el 20260315 pasé por allí
entre el 01.04.2026 y el 15.04.2026
2026-11-21T18:54:35Z
de 7:00 a 23:30 de lunes a viernes
a las 19.30 o 20.15
desde 1987 venimos
del 2019 al 2024
somos 12 adultos y 3 niños
ponme 2 cortados, 3 solos y 4 tostadas
docena y media de churros
un café para 2, 2 zumos, 1 té y 3 aguas
doscientos gramos de jamón y tres panes
uno con leche, dos solos, tres cortados y cuatro tés
mesa cuatro, seis personas, a las nueve
de uno a diez os doy un nueve
veinte euros o treinta y cinco
siete u ocho personas, a las nueve o nueve y media
mil doscientos treinta y cuatro euros
el código postal es 08015
estáis en el 46001 de Valencia?
repartís en el 28045
a 500 m del km 12,5
línea 6 y luego el 133
autobús C2 o 27
avenida de América 34
en la calle Serrano hay otro local?
estáis en la plaza de Isabel la Católica?
cerca de San Sebastián
la estación de María Zambrano
voy a Santiago de Compostela
un Cola Cao y una Coca Cola
un Ribera del Duero
el bocadillo Gran Vía lleva tomate?
quiero el desayuno Don Pepe
una tarta de la abuela Rosa
tenéis Estrella Galicia o Mahou?
hay San Miguel sin alcohol?
un croissant de Nutella
soy intolerante a la lactosa
soy de Bilbao
soy socio desde hace años
soy profesora y tengo descuento
soy yo otra vez
Soy Autónomo
soy muy fan de vuestra tarta
me llamo y no contesta nadie
me llamo otra vez mañana
cómo se llama la camarera?
se llama brunch o desayuno?
a nombre de mi empresa
a nombre mío
el nombre del local es bonito
nombre y teléfono hacen falta?
hay que dar el dni para reservar?
qué datos necesitáis, nombre y correo?
pregunta por el encargado
de parte de todos, gracias
habla más despacio
la mesa de fuera, por favor
la reserva de mañana
el pedido de ayer llegó frío
aceptáis bizum o paypal?
mi cuenta son dos cafés
la tarjeta regalo de 50
tarjeta de 10 cafés, llevo 7
me cobras con tarjeta los 23,40
el iban os lo di ya
os sigo en instagram, @cafeteria_luna
un cortado @ 1,50
arroba en instagram?
punto de la carne, al punto
el punto com no funciona
el whatsapp no contesta
no me llames
call me when it's ready
this is my first time here
this is not what I ordered
I'm gluten free
I'm here with 4 friends
I'm Spanish
a table under the window
booking for six
booking for Saturday at 8
order 5550134 has not arrived
order no. 4111-2026
the total is 1,204.50 dollars
room 1204, 2 coffees
flight IB3174 lands at 18:25
is it open on 12/25?
from 2019 to 2023
two or three, maybe four people
one black, two white, three teas
look at the menu at dot cafe
version 10.15.7
1.2.3
ratio 1:2:3
50:50
la batería es de 5000 mAh y 12 V
talla 36 38 40 42 44
resultado 3-2 y 2-1
10-12-14 personas
1000000 de gracias
123456789
mide 180 x 90 x 75
lo quiero 100% arábica, 250 g, molido 4
DNI electrónico o pasaporte sirven?
B12 y omega 3 tiene?
la A6 y la M30
A4 o A5, el folleto
`;

export const labelledPhrases: LabelledPhrase[] = [marked, harmless, wild].flatMap(parseLabelled);
