import { withoutNulls } from "../../provider/model/nulls";

test("what a program sets to null is left out, at any depth, and lists stay as they are", () => {
  expect(
    withoutNulls({
      path: "a",
      visibility: null,
      source: { adopt: null, copy: { bucket: null, id: "f" } },
      list: [null],
    }),
  ).toEqual({ path: "a", source: { copy: { id: "f" } }, list: [null] });
});
