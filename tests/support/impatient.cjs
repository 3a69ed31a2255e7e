"use strict";
// The provider as the dynamic-provider process runs it, for stores that are late by a few looks and not by seconds: the same code,
// with a session that waits a twentieth of every pause. Named by the provider text of `impatientText`.
const { setTimeout: pause } = require("node:timers/promises");
const { fileLayoutKind, managedFileKind, undeclaredFilesSweepKind } = require("../../dist/provider/adapter/kinds");
const { dynamicResource } = require("../../dist/provider/dynamic/resource");
const { sessionSource } = require("../../dist/provider/dynamic/session");

const source = sessionSource({ sleep: (ms) => pause(ms / 20) });
const asPulumiCalls = ({ remove, ...others }) => ({ ...others, delete: remove });

exports["managed-file"] = asPulumiCalls(dynamicResource(managedFileKind, source));
exports["file-layout"] = asPulumiCalls(dynamicResource(fileLayoutKind, source));
exports["undeclared-files-sweep"] = asPulumiCalls(dynamicResource(undeclaredFilesSweepKind, source));
