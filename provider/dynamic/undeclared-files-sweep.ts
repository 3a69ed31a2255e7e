import { checkSweep, diffSweep, sweep, type UndeclaredFilesSweep } from "../resources";
import { dynamicResource } from "./resource";

/** What looks after the undeclared files of a layout, as Pulumi calls it. Deleting it deletes nothing but itself. */
export const undeclaredFilesSweep = dynamicResource<UndeclaredFilesSweep, UndeclaredFilesSweep>({
  check: checkSweep,
  diff: (session, _id, state, news) => diffSweep(session, state, news),
  drift: () => ({ changes: false, replaces: [] }),
  create: async (session, inputs) => ({ id: inputs.layout, state: await sweep(session, inputs) }),
  read: (_session, state) => Promise.resolve({ state, inputs: state }),
  update: (session, _id, _state, inputs) => sweep(session, inputs),
  delete: () => Promise.resolve(),
});
