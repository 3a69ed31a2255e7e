const FREE = -1;

/**
 * A largest set of pairs of one left and one right vertex, no vertex in two: Hopcroft and Karp's algorithm, in
 * O(edges · √vertices).
 *
 * @param edges - for each left vertex the right ones that it may be paired with
 * @param rightCount - right vertices are 0 to `rightCount - 1`
 * @returns for each left vertex its partner, or -1
 */
export function maximumMatching(edges: readonly (readonly number[])[], rightCount: number): number[] {
  const left = edges.map(() => FREE);
  const right = new Array<number>(rightCount).fill(FREE);
  const depth = edges.map(() => 0);

  // Layers of alternating paths from the free left vertices; says whether a free right vertex can be reached.
  const layer = (): boolean => {
    let queue: number[] = [];
    let reached = false;
    left.forEach((partner, vertex) => {
      depth[vertex] = partner === FREE ? 0 : Infinity;
      if (partner === FREE) queue.push(vertex);
    });
    for (let level = 1; queue.length > 0 && !reached; level++) {
      const next: number[] = [];
      for (const vertex of queue) {
        for (const to of edges[vertex] ?? []) {
          const holder = right[to] ?? FREE;
          if (holder === FREE) reached = true;
          else if (depth[holder] === Infinity) {
            depth[holder] = level;
            next.push(holder);
          }
        }
      }
      queue = next;
    }
    return reached;
  };

  // Without recursion: a path may be as long as there are vertices.
  const position = edges.map(() => 0);
  const augment = (root: number): boolean => {
    const path = [root];
    while (path.length > 0) {
      const vertex = path[path.length - 1] ?? FREE;
      const to = edges[vertex]?.[position[vertex] ?? 0];
      if (to === undefined) {
        depth[vertex] = Infinity;
        path.pop();
        const before = path[path.length - 1];
        if (before !== undefined) position[before] = (position[before] ?? 0) + 1;
        continue;
      }
      const holder = right[to] ?? FREE;
      if (holder === FREE) {
        for (const member of path) {
          const partner = edges[member]?.[position[member] ?? 0] ?? FREE;
          left[member] = partner;
          right[partner] = member;
        }
        return true;
      }
      if (depth[holder] === (depth[vertex] ?? 0) + 1) path.push(holder);
      else position[vertex] = (position[vertex] ?? 0) + 1;
    }
    return false;
  };

  while (layer()) {
    position.fill(0);
    let grown = 0;
    left.forEach((partner, vertex) => {
      if (partner === FREE && augment(vertex)) grown++;
    });
    if (grown === 0) break;
  }
  return left;
}
