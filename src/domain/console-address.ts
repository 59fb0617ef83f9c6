/** Fragment of a review's view in the console, for links from the terminal, notifications and the Temporal UI. */
export function reviewPage(pipeline: string, cycle: number): string {
  return `#/${encodeURIComponent(pipeline)}/review/${cycle}`;
}
