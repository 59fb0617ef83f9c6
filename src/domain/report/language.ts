export type Language = 'es' | 'en';

export const languages = ['es', 'en'] as const satisfies readonly Language[];
