import type { Preview } from '../../api';
import type { OpenReview } from '../desk';

/** One that waits for its turn, and those who wait for it. */
interface Waiting {
  review: OpenReview;
  preview: Promise<Preview>;
  settle: (preview: Promise<Preview>) => void;
}

/** The previews of one review, made one at a time: of those that queue up only the newest is, and all get it. */
export class PreviewQueue {
  private made: { decisions: number; preview: Promise<Preview> } | null = null;
  private isMaking = false;
  private next: Waiting | null = null;

  /** @param make makes the preview of a review as it stands */
  constructor(private readonly make: (review: OpenReview) => Promise<Preview>) {}

  /**
   * The preview of a review as it stands, or with later decisions. One that failed is made anew.
   * @throws what making it threw
   */
  of(review: OpenReview): Promise<Preview> {
    if (this.made && this.made.decisions >= review.events.length) return this.made.preview;
    if (!this.isMaking) return this.begin(review);
    if (this.next === null) this.next = waitingFor(review);
    else if (review.events.length > this.next.review.events.length) this.next.review = review;
    return this.next.preview;
  }

  private begin(review: OpenReview): Promise<Preview> {
    const preview = this.make(review);
    this.made = { decisions: review.events.length, preview };
    this.isMaking = true;
    preview.then(
      () => this.goOn(),
      () => {
        this.made = null;
        this.goOn();
      },
    );
    return preview;
  }

  private goOn(): void {
    this.isMaking = false;
    const next = this.next;
    this.next = null;
    next?.settle(this.begin(next.review));
  }
}

function waitingFor(review: OpenReview): Waiting {
  let settle: Waiting['settle'] = () => undefined;
  const preview = new Promise<Preview>((resolve) => (settle = resolve));
  return { review, preview, settle };
}
