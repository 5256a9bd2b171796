import { componentBadgePaths, describeBadge } from '../../../_badges.ts';

export const getStaticPaths = componentBadgePaths;

export const GET = describeBadge;
