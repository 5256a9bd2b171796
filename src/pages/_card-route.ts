import type { APIRoute } from 'astro';
import { cacheKey } from '../build/cache-key.ts';
import { heldReading } from '../build/held-reading.ts';
import type { CardSize } from '../social/card.ts';
import type { CardContent } from '../social/card-content.ts';
import { renderCard } from '../social/render-card.ts';

/** All that goes into a picture. */
export type CardProps = {
  content: CardContent;
  size: CardSize;
};

/** A path of a card's route: kept between builds for as long as the card says the same. */
export function cardPath<Params extends Record<string, string | undefined>>(
  params: Params,
  props: CardProps,
) {
  return { params, props, cacheKey: cacheKey(props) };
}

/** Answers with the picture. A build is told of one that could not be drawn whole. */
export const drawCard: APIRoute<CardProps> = async ({ props }) => {
  const { png, warnings } = await renderCard(props.content, props.size);
  const failures = warnings.filter(({ code }) => code === 'card-failed').map(({ message }) => message);
  heldReading()?.cardFailures.push(...failures);
  return new Response(png as Uint8Array<ArrayBuffer>, { headers: { 'Content-Type': 'image/png' } });
};
