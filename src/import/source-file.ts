/** A file of the old site. */
export interface SourceFile {
  /** Below the site's folder, with `/`. */
  path: string;
  text: string;
}
