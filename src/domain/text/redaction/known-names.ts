/**
 * Frequent first names and surnames of Spanish and English speakers, in lower case and without accents. They only
 * support the words around them ("soy …", "I'm …"): a name alone is never taken for one, for `rosa` is a colour too.
 */
export const firstNames = new Set(
  `aaron abel abigail abril adam adrian adriana agustin agustina aitana aitor alan alba albert alberto aldana alejandra
alejandro alex alexander alexandra alexis alfonso alfredo alice alicia alison almudena alonso alvaro amalia amanda
amaya amelia amparo amy ana anabel andrea andres andrew andy angel angela angeles angelica anna anne anthony antonella
antonia antonio araceli ariadna ariana ariel arturo asier ashley aurora azucena barbara bautista beatriz begona belen
ben benito benjamin berta bianca blanca borja brenda brian bruno camila camilo candela carla carles carlos carlota
carmela carmen carmina carol carolina caroline catalina catherine cayetana cecilia celia cesar charles charlie
charlotte chloe chris christian christina christopher claire clara claudia claudio concha consuelo cristian cristina
cristobal cynthia damian daniel daniela danny dario david dafne debora delfina diana diego dolores dominic dolly
edgar edith edu eduardo edward elena elias elisa elizabeth eloy elsa elvira ema emilia emiliano emilio emily emma
encarna enric enrique eric erica erika ernesto esteban estefania estela ester esther eugenia eugenio eva fabian fabio
facundo fatima federico felipe felix fermin fernanda fernando florencia fran frances francisca francisco frank
gabriel gabriela gael gaston gema george georgina gerard gerardo german gilberto gimena gines gisela gloria gonzalo
grace graciela gregorio guadalupe guido guillermo gustavo hannah harry hector helen helena henry hernan hilda hugo
ian ignacio igor iker imanol ines inma inmaculada inigo irene iris isaac isabel isabella isidro ismael ivan jack
jacob jacobo jaime jairo james jan jane jason javi javier jazmin jennifer jenny jeremy jeronimo jesica jessica jesus
jimena joan joana joanna joaquin joaquina joel john jon jonathan jordi jorge jose josefa josefina joseph joshua juan
juana juanita julia julian juliana julieta julio justin karen karina karla kate katherine kathy kelly kevin kike kim
laia lara laura lautaro leandro leire leo leon leonardo leonor leticia lewis lidia liliana linda lisa lola lorena
lorenzo lourdes lucas lucia luciana luciano lucy luis luisa luna luz macarena magdalena maite malena manolo manuel
manuela mar marc marcela marcelo marco marcos margarita maria mariana mariano maribel marina mario marisa marisol
mark marta martha martin martina mary mateo matias matilde matt matthew mauricio mauro max maximiliano maxi
mayra megan melanie melina melisa mercedes merche mia micaela michael michelle miguel mike milagros milena mireia
miriam moises monica montse montserrat nacho nadia nahuel nancy natalia nathan nerea nestor nicholas nick nico nicolas
nicole nieves noa noah noe noelia nora norma nuria octavio olga oliver olivia omar oriol oscar pablo paco paloma
pamela paola pascual patricia patrick patricio pau paul paula paulina paz pedro pepa pepe peter pilar quique rachel
rafa rafael ramiro ramon raquel raul rebeca rebecca regina renata ricardo richard rita robert roberto rocio rodolfo
rodrigo roger rogelio roman romina roque rosa rosalia rosana rosario ruben ruth ryan salvador sam samanta samantha
samuel sandra santi santiago santino sara sarah sasha sean sebastian selena sergi sergio silvana silvia simon sofia
sol soledad sonia sophia sophie stephanie stephen steve steven susan susana tamara tania tatiana teo teresa thiago
thomas tim tobias tom tomas tony trini ulises unai uriel uxue valentin valentina valeria valerie vanesa vanessa
veronica vicente victor victoria violeta virginia walter william ximena xabier xavier xavi xochitl yago yaiza yamila
yanina yasmin yesica yolanda zaira zoe`.split(/\s+/),
);

export const surnames = new Set(
  `acosta acuna aguilar aguirre aguilera alarcon alonso alvarado alvarez anderson andrade aranda arias arroyo avila
ayala baker barrios bautista benitez bermudez blanco bravo brown bustos cabrera calvo campos cano cardenas carmona
carrasco carrillo castillo castro chavez clark contreras cordoba correa cortes cortez crespo cruz cuenca davis delgado
diaz diez dominguez duran escobar espinosa esteban estevez evans exposito farias fernandez ferrer figueroa flores
fuentes gallardo gallego galvez garcia garrido gil gimenez gimeno godoy gomez gonzalez green guerra guerrero gutierrez
guzman hall harris heredia hernandez herrera herrero hidalgo hill ibanez iglesias jackson jimenez johnson jones juarez
king lara ledesma lee leon lewis lopez lorenzo lozano lucero luna maldonado marin marquez marti martin martinez mateo
medina mejia mendez mendoza menendez merino miguel miller miranda molina montero montes montoya moore mora morales
moran moreno morris moya munoz murillo navarro nieto nunez ochoa ojeda oliva olivares ortega ortiz osorio pacheco
padilla palacios paredes parra pascual pastor paz pena peralta perez peterson pineda ponce prieto puig quintero quiroga
ramirez ramos rey reyes rivas rivera roberts robinson rodriguez rojas roldan roman romero rosario rubio ruiz
saez salas salazar salinas sanchez santana santiago santos sanz serra serrano silva smith solis soler sosa soto suarez
taylor thomas thompson toledo torres trujillo urrutia valdes valdez valencia valenzuela valle vargas vazquez vega vela
velasco velazquez vera vicente vidal villa villalba villanueva walker wilson white williams wright young zamora zapata
zubizarreta zuniga`.split(/\s+/),
);
