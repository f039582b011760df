const mostSimilarNames = 5;

/** A part of a name says little if it is shorter than this. */
const shortestPart = 3;

/** Of some names, those that may have been meant by one that is not among them: the most similar first, and five at most. */
export function similarNames(wanted: string, names: readonly string[]): string[] {
  return names
    .map((name) => ({ name, distance: distance(withoutDiacritics(wanted), withoutDiacritics(name)) }))
    .filter(({ distance }) => distance !== undefined)
    .sort((a, b) => (a.distance ?? 0) - (b.distance ?? 0) || (a.name < b.name ? -1 : 1))
    .slice(0, mostSimilarNames)
    .map(({ name }) => name);
}

function withoutDiacritics(name: string): string {
  return name.trim().toLowerCase();
}

/** The number of slips of the pen between two names; more if one is a part of the other; undefined if they are not similar. */
function distance(a: string, b: string): number | undefined {
  const [shorter, longer] = a.length <= b.length ? [a, b] : [b, a];
  const slips = slipsBetween(shorter, longer);
  if (slips <= Math.max(1, Math.floor(shorter.length / 4)) && shorter.length > 1) return slips;
  return shorter.length >= shortestPart && longer.includes(shorter) ? 100 + slips : undefined;
}

/** How many characters have to be put in, left out, replaced, or exchanged with their neighbour. */
function slipsBetween(a: string, b: string): number {
  const [from, to] = [Array.from(a), Array.from(b)];
  let [beforeLast, last]: number[][] = [[], [0, ...to.map((_, index) => index + 1)]];
  for (const [i, character] of from.entries()) {
    const row = [i + 1];
    for (const [j, other] of to.entries()) {
      const same = character === other;
      const swapped = character === to[j - 1] && other === from[i - 1];
      row.push(
        Math.min(
          (last?.[j] ?? 0) + (same ? 0 : 1),
          (last?.[j + 1] ?? 0) + 1,
          (row[j] ?? 0) + 1,
          swapped ? (beforeLast?.[j - 1] ?? 0) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    [beforeLast, last] = [last, row];
  }
  return last?.at(-1) ?? 0;
}
