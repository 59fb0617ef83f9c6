/** Markup that needs no more escaping. */
export class Html {
  constructor(readonly markup: string) {}
}

type Content = Html | string | number | null | undefined | false | readonly Content[];

/**
 * Builds markup from a template. Strings that are put in are escaped, for text and for quoted attributes; markup passes
 * as it is, lists are joined, and null, undefined and false leave nothing.
 */
export function html(template: TemplateStringsArray, ...contents: Content[]): Html {
  return new Html(String.raw({ raw: template.raw }, ...contents.map(markup)));
}

function markup(content: Content): string {
  if (content === null || content === undefined || content === false) return '';
  if (content instanceof Html) return content.markup;
  if (typeof content === 'string' || typeof content === 'number') return escape(String(content));
  return content.map(markup).join('');
}

/** A name that may break before its capitals: `PreguntarWifi`. */
export function breakable(name: string): Html {
  return new Html(
    name
      .split(/(?<=\p{Ll})(?=\p{Lu})/u)
      .map(escape)
      .join('<wbr />'),
  );
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
