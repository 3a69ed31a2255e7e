// Jest's globalSetup of the suite that runs programs in other languages: puts the CLI, the hosts and Python on PATH.
import { getPulumi } from "../get-pulumi.mjs";
import { getLanguageHosts } from "../lib/language-hosts.mjs";

export default async function () {
  const { env, generator } = await getLanguageHosts(await getPulumi({ quiet: true }));
  Object.assign(process.env, env, { MEDIASAUR_SDK_GENERATOR: generator });
}
