/** What ends the experiments when a person ends the command. */
export class Interrupted extends Error {}
