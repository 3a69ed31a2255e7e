import { TestEmulator } from "../support/emulator";
import { TestStack } from "../support/stack";

/** What a suite of the lifecycle works with: an emulator for all its tests, and a stack for each of them. */
export class Suite {
  emulator!: TestEmulator;
  stack!: TestStack;

  /**
   * Declares the hooks of the suite.
   *
   * @param seed - the files that each test begins with, and other buckets, as `TestEmulator.seed` takes them; without them
   *   each test seeds for itself, and makes its stack by `newStack`
   */
  static declare(...seed: Parameters<TestEmulator["seed"]> | []): Suite {
    const suite = new Suite();
    beforeAll(async () => {
      suite.emulator = await TestEmulator.start();
    });
    const [files, more] = seed;
    if (files !== undefined) {
      beforeEach(async () => {
        await suite.emulator.seed(files, more);
        await suite.newStack();
      });
    }
    afterEach(() => suite.stack.remove());
    afterAll(() => suite.emulator.close());
    return suite;
  }

  /** A stack that is configured for the emulator, in a program's folder of its own. */
  async newStack(folder?: string): Promise<void> {
    this.stack = await TestStack.create(this.emulator.stackConfig, folder);
  }
}
