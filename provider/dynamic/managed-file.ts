import { managedFileKind } from "../adapter/kinds";
import { dynamicResource } from "./resource";
import { processSession } from "./session";

/** The ManagedFile, as Pulumi calls it. */
export const managedFile = dynamicResource(managedFileKind, processSession);
