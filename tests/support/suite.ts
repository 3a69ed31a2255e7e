import { TestEmulator } from "./emulator";

/** What a suite works with whose tests share one emulator. */
export class EmulatorSuite {
  emulator!: TestEmulator;

  /**
   * Declares the hooks of the suite: each test begins with an emulator that answers as documented, without faults.
   *
   * @param seed - the files that it has then, and other buckets, as `TestEmulator.seed` takes them
   */
  static declare(...seed: Parameters<TestEmulator["seed"]>): EmulatorSuite {
    const suite = new EmulatorSuite();
    beforeAll(async () => {
      suite.emulator = await TestEmulator.start();
    });
    beforeEach(async () => {
      await suite.emulator.dialect({});
      await suite.emulator.faults([]);
      await suite.emulator.seed(...seed);
    });
    afterAll(() => suite.emulator.close());
    return suite;
  }
}
