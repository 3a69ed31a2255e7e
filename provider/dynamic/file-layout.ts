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
  create: createFileLayout,
  read: readFileLayout,
  update: updateFileLayout,
  delete: deleteFileLayout,
});
