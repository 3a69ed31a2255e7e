import { planLayout, type LayoutPlan, type LayoutProblem } from "../provider/planner";
import { numbers, problemOf, randomLayout } from "../tests/planner/support/layouts";

function planned(problem: LayoutProblem): LayoutPlan {
  const planning = planLayout(problem);
  if (!planning.ok) throw new Error(JSON.stringify(planning.faults.slice(0, 3)));
  return planning.plan;
}

/** Two folders that exchange all their files. */
function folderSwap(count: number): LayoutProblem {
  return problemOf(
    Array.from({ length: count }, (_, index) => ({
      from: [index % 2, index >> 1] as const,
      to: [1 - (index % 2), index >> 1] as const,
    })),
  );
}

/** Every file takes the next one's place: one cycle through every directory. */
function rotation(count: number, names: number): LayoutProblem {
  return problemOf(
    Array.from({ length: count }, (_, index) => {
      const next = (index + 1) % count;
      return {
        from: [index % names, Math.floor(index / names)] as const,
        to: [next % names, Math.floor(next / names)] as const,
      };
    }),
  );
}

/** How long one large layout takes to plan, and how good the plan is. */
export interface Planned {
  readonly label: string;
  readonly seconds: number;
  readonly requests: number;
  /** Requests above the fewest that any plan needs. */
  readonly over: number;
}

/** Plans large layouts of several kinds. */
export function timePlanner(counts: readonly number[] = [10_000, 100_000]): Planned[] {
  planned(problemOf(randomLayout(numbers(1), 1_000, 20, 100))); // The first is slower: the code is compiled then.
  return counts.flatMap((count) => {
    const files = `${count.toLocaleString("en")} files`;
    const random = (directories: number, names: number): LayoutProblem =>
      problemOf(randomLayout(numbers(2), count, directories, names));
    return [
      timed(`${files}, 100 a folder, a tenth of the places held`, random(count / 100, 1_000)),
      timed(`${files}, 100 a folder, half of the places held`, random(count / 100, 200)),
      timed(`${files}, 100 a folder, every place held`, random(count / 100, 100)),
      timed(`${files}, in 20 folders, half of the places held`, random(20, count / 10)),
      timed(`${files}, two folders exchanged`, folderSwap(count)),
      timed(`${files}, one rotation`, rotation(count, 100)),
    ];
  });
}

function timed(label: string, problem: LayoutProblem): Planned {
  const start = performance.now();
  const { requests, lowerBound } = planned(problem);
  return { label, seconds: (performance.now() - start) / 1000, requests, over: requests - lowerBound };
}

/** How far plans of random layouts of 1,000 files are from the fewest requests that any plan needs. */
export interface Distance {
  readonly label: string;
  readonly layouts: number;
  /** How many of them are at most 2 above. */
  readonly near: number;
  readonly most: number;
}

const DENSITIES: readonly (readonly [directories: number, names: number])[] = [
  [10, 1_000],
  [20, 500],
  [20, 200],
  [50, 100],
  [20, 100],
  [20, 75],
  [10, 100],
];

/** Plans many random layouts of 1,000 files, of different density. */
export function measureDistances(layouts: number): Distance[] {
  return DENSITIES.map(([directories, names]) => {
    const random = numbers(directories * 1_000 + names);
    const above = Array.from({ length: layouts }, () => {
      const { requests, lowerBound } = planned(problemOf(randomLayout(random, 1_000, directories, names)));
      return requests - lowerBound;
    });
    const held = Math.round((1_000 / (directories * names)) * 100);
    return {
      label: `${String(directories)} folders, ${String(held)} % of the places held`,
      layouts,
      near: above.filter((over) => over <= 2).length,
      most: Math.max(...above),
    };
  });
}
