import { fileLayoutKind } from "../adapter/kinds";
import { dynamicResource } from "./resource";
import { processSession } from "./session";

/** The FileLayout, as Pulumi calls it. */
export const fileLayout = dynamicResource(fileLayoutKind, processSession);
