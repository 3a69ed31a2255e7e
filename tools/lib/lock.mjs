// A lock between processes: a file that names its holder, which is taken over once the holder is gone.
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const BEAT = 10_000;
// A holder elsewhere (a home folder shared by machines or containers), or whose pid went to another process, shows by its silence.
const SILENCE = 3 * 60_000;

/** Runs `work` while holding the lock at `path`; `onWait(pid)` is called once when another process holds it. */
export async function withLock(path, work, { onWait = () => {}, poll = 500 } = {}) {
  mkdirSync(dirname(path), { recursive: true });
  const me = `${process.pid} ${hostname()} ${Date.now()} ${Math.random()}`;
  for (let waited = false; !tryTake(path, me); waited = true) {
    const holder = readHolder(path);
    if (holder && isGone(holder)) {
      remove(path, holder);
      continue;
    }
    if (holder && !waited) onWait(holder.pid);
    await sleep(poll);
  }
  const beat = setInterval(() => touch(path), BEAT);
  const release = () => remove(path, { text: me });
  process.once("exit", release);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    process.off("exit", release);
    release();
  }
}

function tryTake(path, me) {
  try {
    writeFileSync(path, me, { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw error;
  }
}

function readHolder(path) {
  try {
    const text = readFileSync(path, "utf8");
    const [pid, host] = text.split(" ");
    return { text, pid: Number(pid), host, silence: Date.now() - statSync(path).mtimeMs };
  } catch {
    return undefined; // Released meanwhile.
  }
}

function isGone({ pid, host, silence }) {
  if (silence > SILENCE) return true;
  if (host !== hostname() || !(pid > 0)) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error.code === "ESRCH";
  }
}

/** Removes the lock if it is still the one that was seen: two processes may find the same stale one at the same time. */
function remove(path, seen) {
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
    if (readFileSync(aside, "utf8") !== seen.text) linkSync(aside, path);
  } catch {
    // Somebody else removed it.
  }
  rmSync(aside, { force: true });
}

function touch(path) {
  try {
    utimesSync(path, new Date(), new Date());
  } catch {
    // Taken over; what the lock guards is published by renames, so working on is harmless.
  }
}
