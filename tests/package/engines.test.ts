import { installed } from "../support/tarballs";
import { removeFolder } from "../support/projects";

// Where these run on the oldest Node that the packages name, this is what its users see.
it.each([["mediasaur-emulator"], ["pulumi-mediasaur", "mediasaur-emulator"]])(
  "%s installs on this Node without a warning of one that is too old",
  (...packages) => {
    removeFolder(installed({ packages, flags: ["--engine-strict"] }));
  },
);
