/** A picture for link previews. */
export interface Card {
  /** Absolute, with what tells one content from another (`?v=`). */
  url: string;
  /** What the picture says, for those who don't see it. */
  alt: string;
  width: number;
  height: number;
}
