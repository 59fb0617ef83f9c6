/** How the ids of the sessions begin in which Ciclo itself asks a bot; what is said there is never learnt from. */
export const ownSessionPrefix = 'ciclo-';
