/** What a feed says of itself. */
export interface FeedChannel {
  title: string;
  description: string;
  /** Who speaks where nobody signed: the name of the site. */
  publisher: string;
  /** Absolute URL of the page that the feed belongs to. */
  home: string;
  /** Absolute URL of the feed itself. */
  self: string;
  /** BCP 47 tag of the feed's own words. */
  language: string;
}
