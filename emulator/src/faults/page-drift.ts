import { edit } from "../edit";
import type { Call } from "../operations/call";
import { listFilter } from "../operations/list-filter";
import { pageSize, type ListQuery } from "../operations/list-files";
import type { FaultScene } from "./kind";

/** A list request whose page doesn't fit to the page before. */
export function driftPage(scene: FaultScene): Call {
  const { args, call, around } = scene;
  const { store } = around;
  const query = call.query as unknown as ListQuery;
  const asking = (changed: Partial<ListQuery>): Call => ({ ...call, query: { ...call.query, ...changed } });
  switch (args["form"] ?? "insert") {
    case "ignore_offset":
      return asking({ offset: 0 });
    case "repeat_page":
      return asking({ offset: Math.max(0, query.offset - pageSize(query.limit, call.dialect)) });
    case "shrink_limit":
      return asking({ limit: Number(args["limit"] ?? Math.max(1, Math.floor(query.limit / 2))) });
    case "delete": {
      const order = call.dialect["list.order"] === "path_asc" ? "path" : "seq";
      const [first] = store.list(query.bucket, listFilter(query.path, call.dialect), order, 1, 0);
      if (first !== undefined) store.remove(first);
      return call;
    }
    default: {
      const path = typeof args["path"] === "string" ? args["path"] : freeName(scene, query);
      const file = edit(around, { op: "put", bucket: query.bucket, path });
      // A new file comes last by time, so that it would shift no page.
      if (file !== undefined) store.putFirst(file);
      return call;
    }
  }
}

function freeName({ around, memory }: FaultScene, { bucket, path = "" }: ListQuery): string {
  const start = path === "" || path.endsWith("/") ? path : `${path}/`;
  for (;;) {
    const n = (memory.get("inserted") ?? 0) + 1;
    memory.set("inserted", n);
    const name = `${start}!drift-${String(n)}.txt`;
    if (around.store.at(bucket, name).length === 0) return name;
  }
}
