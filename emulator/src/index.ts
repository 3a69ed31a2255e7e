/**
 * A local stand-in for Mediasaur, for trying things out and for tests.
 *
 * @module mediasaur-emulator
 */
export { startEmulator } from "./process/start-emulator";
export type { BucketDescription, FileDescription, StateDescription } from "./control/describe";
export { dialects } from "./dialect/dialects";
export type { Dialect, DialectSwitch, DialectValue, SwitchDefinition } from "./dialect/dialects";
export type { ControlMethod, Emulator } from "./process/emulator";
export type { ChangedFile, JournalChange, JournalEntry } from "./journal/journal";
export { DEFAULT_API_KEY, DEFAULT_PORT } from "./options";
export type { EmulatorOptions, FaultMatch, FaultRule } from "./options";
export type { Preset } from "./dialect/preset";
export { presets } from "./dialect/presets";
export type { PresetName } from "./dialect/presets";
export type { Seed, SeedBucket, SeedFile } from "./seed/format";
export { UsageError } from "./usage-error";
