import { changesState, type FileLayoutInputs, type FileLayoutState } from "../model/file-layout";
import {
  checkFileLayout,
  createFileLayout,
  deleteFileLayout,
  diffFileLayout,
  owned,
  readFileLayout,
  updateFileLayout,
  type Session,
} from "../resources";
import { dynamicResource } from "./resource";

/** The FileLayout, as Pulumi calls it. It is there as long as its declaration is, even where all of its files are gone. */
export const fileLayout = dynamicResource(
  owned("FileLayout", {
    check: checkFileLayout,
    diff: (session: Session, _id: string, state: FileLayoutState, news: Record<string, unknown>) =>
      diffFileLayout(session, state, news),
    drift: (state: FileLayoutState, inputs: FileLayoutInputs) => ({
      changes: changesState(state, inputs),
      replaces: [],
    }),
    create: createFileLayout,
    read: readFileLayout,
    update: updateFileLayout,
    delete: deleteFileLayout,
  }),
);
