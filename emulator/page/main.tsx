import { render } from "preact";
import { App } from "./app";
import { Live } from "./live";

const live = new Live();
live.start();
const root = document.getElementById("app");
if (root !== null) {
  root.replaceChildren();
  render(<App live={live} />, root);
}
