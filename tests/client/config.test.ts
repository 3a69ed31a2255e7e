import { readConfig } from "../../provider/client/config";

const read = (environment: Record<string, string>): ReturnType<typeof readConfig> =>
  readConfig({
    stack: () => undefined,
    environment: (name) => ({ MEDIASAUR_API_KEY: "sk_test_key", ...environment })[name],
  });

test("URLs have no slash at their end, so that a path can be put right after them", () => {
  expect(read({})).toMatchObject({ baseUrl: "https://api.mediasaur.com", uploadUrl: "https://upload.mediasaur.com" });
  expect(
    read({ MEDIASAUR_BASE_URL: "https://x.test/", MEDIASAUR_UPLOAD_URL: "https://X.test:443/up//" }),
  ).toMatchObject({
    baseUrl: "https://x.test",
    uploadUrl: "https://x.test/up",
  });
});
