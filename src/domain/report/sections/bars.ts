import { html, type Html } from '../html';

export interface Bar {
  label: string;
  /** What the length shows, 0 or more. */
  value: number;
  /** The value as a person reads it. */
  text: string;
}

/** Horizontal bars, the longest as wide as the column. */
export function bars(rows: readonly Bar[]): Html {
  const longest = Math.max(1, ...rows.map(({ value }) => value));
  return html`<table class="bars">
    <tbody>
      ${rows.map(
        ({ label, value, text }) =>
          html`<tr>
            <th scope="row">${label}</th>
            <td class="figure">${text}</td>
            <td class="chart" aria-hidden="true">
              <svg width="100%" height="14">
                <rect width="${((100 * value) / longest).toFixed(2)}%" height="14" rx="3" />
              </svg>
            </td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}
