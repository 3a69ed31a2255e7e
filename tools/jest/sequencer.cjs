"use strict";

const { default: Sequencer } = require("@jest/test-sequencer");

/** Quick suites first, in the order of jest.config.js, so that failures show early; within a suite, jest's own order. */
module.exports = class extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    const order = require("../../jest.config.js").projects.map((project) => project.displayName);
    const rank = (test) => order.indexOf(test.context.config.displayName?.name);
    return [...sorted].sort((a, b) => rank(a) - rank(b));
  }
};
