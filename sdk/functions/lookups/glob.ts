export { readGlob, type Glob } from "../../../provider/plan/glob";
