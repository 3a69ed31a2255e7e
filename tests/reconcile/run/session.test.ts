import { Session } from "../../../provider/resources";

const URL = "http://127.0.0.1:1";

test("a file is found by any id that it had, also where the store gives one of them to it again", () => {
  const session = new Session({ apiKey: "sk_test", baseUrl: URL, uploadUrl: URL }, () => undefined);
  session.renamed("f_1", "f_2");
  session.renamed("f_2", "f_3");
  expect(session.currentId("f_1")).toBe("f_3");
  session.renamed("f_3", "f_1");
  expect(["f_1", "f_2", "f_3"].map((id) => session.currentId(id))).toEqual(["f_1", "f_1", "f_1"]);
});
