// Measures the planner of FileLayout: how long planning takes, and how far plans are from the lower bound.
//
//   npx ts-node --transpile-only bench/planner.ts [layouts of each kind, default 200]
import { planLayout, type LayoutPlan, type LayoutProblem } from "../provider/plan/layout";
import { numbers, problemOf, randomLayout } from "../tests/plan/layout/support/layouts";

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

function time(label: string, problem: LayoutProblem): void {
  const start = performance.now();
  const plan = planned(problem);
  const seconds = (performance.now() - start) / 1000;
  const over = plan.requests - plan.lowerBound;
  console.log(
    `${label.padEnd(44)} ${seconds.toFixed(2).padStart(6)} s  ${plan.requests} requests, ` +
      `lower bound + ${over}, levels ${plan.levels.length}`,
  );
}

console.log("Time to plan");
time("(warming up) 1,000 files", problemOf(randomLayout(numbers(1), 1_000, 20, 100)));
for (const count of [10_000, 100_000]) {
  const label = count.toLocaleString("en");
  time(`${label} files, 100 a directory, sparse`, problemOf(randomLayout(numbers(2), count, count / 100, 1_000)));
  time(`${label} files, 100 a directory, half full`, problemOf(randomLayout(numbers(2), count, count / 100, 200)));
  time(
    `${label} files, 100 a directory, every place held`,
    problemOf(randomLayout(numbers(2), count, count / 100, 100)),
  );
  time(`${label} files, in 20 directories, half full`, problemOf(randomLayout(numbers(2), count, 20, count / 10)));
  time(`${label} files, two folders exchanged`, folderSwap(count));
  time(`${label} files, one rotation`, rotation(count, 100));
}

const layouts = Number(process.argv[2] ?? 200);
console.log(`\nRequests above the lower bound, ${layouts} random layouts of 1,000 files each`);
for (const [directories, names] of [
  [10, 1_000],
  [20, 500],
  [20, 200],
  [50, 100],
  [20, 100],
  [20, 75],
  [10, 125],
  [100, 20],
  [20, 55],
  [10, 100],
] as const) {
  const random = numbers(directories * 1_000 + names);
  const counts: number[] = [];
  let within = 0;
  const start = performance.now();
  for (let layout = 0; layout < layouts; layout++) {
    const plan = planned(problemOf(randomLayout(random, 1_000, directories, names)));
    const over = plan.requests - plan.lowerBound;
    counts[over] = (counts[over] ?? 0) + 1;
    if (over <= 2) within++;
  }
  const spread = counts.flatMap((count, over) => (count ? [`+${over}: ${count}`] : [])).join("  ");
  const held = Math.round((1_000 / (directories * names)) * 100);
  console.log(
    `${`${directories} directories x ${names} names (${held} % held)`.padEnd(44)} ` +
      `within +2: ${((within / layouts) * 100).toFixed(2)} %   ${spread}   ` +
      `${((performance.now() - start) / layouts).toFixed(1)} ms each`,
  );
}
