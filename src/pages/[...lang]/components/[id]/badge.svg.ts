import { componentBadgePaths, drawBadge } from '../../../_badges.ts';

export const getStaticPaths = componentBadgePaths;

export const GET = drawBadge;
