import { undeclaredFilesSweepKind } from "../adapter/kinds";
import { dynamicResource } from "./resource";
import { processSession } from "./session";

/** What looks after the undeclared files of a layout, as Pulumi calls it. */
export const undeclaredFilesSweep = dynamicResource(undeclaredFilesSweepKind, processSession);
