import { changesState } from "../model/file-layout";
import {
  checkFileLayout,
  createFileLayout,
  deleteFileLayout,
  diffFileLayout,
  readFileLayout,
  updateFileLayout,
} from "../resources";
import { dynamicResource } from "./resource";

/** The FileLayout, as Pulumi calls it. It is there as long as its declaration is, even where all of its files are gone. */
export const fileLayout = dynamicResource({
  check: checkFileLayout,
  diff: (session, _id, state, news) => diffFileLayout(session, state, news),
  drift: (state, inputs) => ({ changes: changesState(state, inputs), replaces: [] }),
  create: createFileLayout,
  read: readFileLayout,
  update: updateFileLayout,
  delete: deleteFileLayout,
});
