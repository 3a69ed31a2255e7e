// Jest's globalSetup of the suites that drive a browser: tells the test processes where it is, however jest is started.
import { getBrowser } from "../get-browser.mjs";

export default async function () {
  process.env.MEDIASAUR_BROWSER = JSON.stringify(await getBrowser({ quiet: true }));
}
