#!/usr/bin/env node
"use strict";

require("../dist/sdk/cli/main.js");
