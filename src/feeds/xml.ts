const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Text as XML content or attribute value. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character]!);
}

/**
 * Text without what a feed can't hold or its readers stumble over: control characters, noncharacters, halves of
 * surrogate pairs (XML 1.0 §2.2). No feed may be lost for one of them.
 */
export function withoutForbidden(text: string): string {
  return text
    .replace(/\p{Surrogate}/gu, '')
    .replace(/[^\P{Cc}\t\n\r]|\p{Noncharacter_Code_Point}|\uFFFD/gu, '');
}
