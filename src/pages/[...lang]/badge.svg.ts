import { drawBadge, pageBadgePaths } from '../_badges.ts';

export const getStaticPaths = pageBadgePaths;

export const GET = drawBadge;
