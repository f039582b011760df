/** The tiers of a blob that can be read at once. https://learn.microsoft.com/azure/storage/blobs/access-tiers-overview */
export const accessTiers = ['hot', 'cool', 'cold'] as const;

export type AccessTier = (typeof accessTiers)[number];
