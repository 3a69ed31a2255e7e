export { startEmulator } from "./start-emulator";
export type { BucketDescription, FileDescription, StateDescription } from "./control/describe";
export type { Emulator } from "./emulator";
export type { JournalEntry } from "./journal";
export { DEFAULT_API_KEY, DEFAULT_PORT } from "./options";
export type { EmulatorOptions, FaultMatch, FaultRule } from "./options";
export type { Seed, SeedBucket, SeedFile } from "./seed-format";
export { UsageError } from "./usage-error";
