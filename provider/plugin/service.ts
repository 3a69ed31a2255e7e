import * as grpc from "@grpc/grpc-js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { IResourceProviderServer } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as plugin from "@pulumi/pulumi/proto/plugin_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { callsOf } from "../adapter/calls";
import { fileLayoutKind, managedFileKind } from "../adapter/kinds";
import { findFileLayout, findManagedFile } from "../resources";
import { allIf, checked, failureOf } from "./answers";
import { PluginBucket } from "./bucket";
import { explicitName, settingsProblems } from "./configuration";
import { fileLayoutShape } from "./file-layout-shape";
import { invoke } from "./functions";
import { managedFileShape } from "./managed-file-shape";
import { PluginResource } from "./resource";
import type { Run } from "./run";
import { readUrn } from "./urn";
import { receive, send } from "./wire";

const BUCKET = "mediasaur:index:Bucket";
const KINDS: Readonly<Record<Difference, proto.PropertyDiff.Kind>> = {
  ADD: proto.PropertyDiff.Kind.ADD,
  UPDATE: proto.PropertyDiff.Kind.UPDATE,
  DELETE: proto.PropertyDiff.Kind.DELETE,
};
const REPLACING: Readonly<Record<Difference, proto.PropertyDiff.Kind>> = {
  ADD: proto.PropertyDiff.Kind.ADD_REPLACE,
  UPDATE: proto.PropertyDiff.Kind.UPDATE_REPLACE,
  DELETE: proto.PropertyDiff.Kind.DELETE_REPLACE,
};
type Difference = "ADD" | "UPDATE" | "DELETE";

/** What the engine is served, in its protocol. */
export function serve(run: Run, schema: { text: string; version: string }): IResourceProviderServer {
  const bucket = new PluginBucket(run);
  const resources: Record<string, PluginResource | undefined> = {
    "mediasaur:index:ManagedFile": new PluginResource(
      run,
      managedFileShape,
      callsOf(managedFileKind, run.session, run.farewell),
      (id) => findManagedFile(run.session(), id),
    ),
    "mediasaur:index:FileLayout": new PluginResource(
      run,
      fileLayoutShape,
      callsOf(fileLayoutKind, run.session, run.farewell),
      (id) => findFileLayout(run.session(), id),
    ),
  };
  const resourceOf = (urn: string): PluginResource => {
    const { type } = readUrn(urn);
    const resource = resources[type];
    if (resource === undefined)
      throw new Error(`${type} is no resource of mediasaur: it has Bucket, ManagedFile, FileLayout.`);
    return resource;
  };
  const isBucket = (urn: string): boolean => readUrn(urn).type === BUCKET;
  const answer = <Request, Response>(
    work: (request: Request) => Promise<Response> | Response,
  ): Handler<Request, Response> => {
    return (call, callback) => {
      void (async () => work(call.request))().then(
        (response) => {
          callback(null, response);
        },
        (error: unknown) => {
          callback(failureOf(error, run.provider));
        },
      );
    };
  };

  return {
    ...UNSERVED,

    handshake: answer((request: proto.ProviderHandshakeRequest) => {
      run.log.attach(request.getEngineAddress());
      const response = new proto.ProviderHandshakeResponse();
      response.setAcceptSecrets(true);
      return response;
    }),

    attach: answer((request: plugin.PluginAttach) => {
      run.log.attach(request.getAddress());
      return new Empty();
    }),

    getPluginInfo: answer(() => {
      const response = new plugin.PluginInfo();
      response.setVersion(schema.version);
      return response;
    }),

    getSchema: answer(() => {
      const response = new proto.GetSchemaResponse();
      response.setSchema(schema.text);
      return response;
    }),

    checkConfig: answer((request: proto.CheckRequest) => {
      const { values, secrets } = receive(request.getNews());
      const problems = settingsProblems(values);
      // The engine does not say whether the program marked the key. In state it is a secret, whatever it was.
      return checked(send(values, [...secrets, "apiKey"]), problems);
    }),

    diffConfig: answer((request: proto.DiffRequest) => {
      const [olds, news] = [
        receive(request.getOldInputs() ?? request.getOlds()).values,
        receive(request.getNews()).values,
      ];
      const response = new proto.DiffResponse();
      const changed = ["apiKey", "baseUrl", "uploadUrl"].filter((name) => olds[name] !== news[name]);
      // Another key or address is never a reason to make everything anew.
      response.setChanges(
        changed.length > 0 ? proto.DiffResponse.DiffChanges.DIFF_SOME : proto.DiffResponse.DiffChanges.DIFF_NONE,
      );
      response.setDiffsList(changed);
      return response;
    }),

    configure: answer((request: proto.ConfigureRequest) => {
      const urn = request.getUrn() ?? "";
      run.configure({
        name: explicitName(request.getName() ?? readUrn(urn).name),
        settings: receive(request.getArgs()).values,
      });
      const response = new proto.ConfigureResponse();
      response.setAcceptsecrets(true);
      response.setSupportspreview(true);
      return response;
    }),

    check: answer(async (request: proto.CheckRequest) => {
      const urn = request.getUrn();
      const [olds, news] = [receive(request.getOlds()), receive(request.getNews())];
      const problems = isBucket(urn) ? await bucket.check(news.values) : await resourceOf(urn).check(urn, olds, news);
      return checked(request.getNews(), problems);
    }),

    diff: answer(async (request: proto.DiffRequest) => {
      const urn = request.getUrn();
      const response = new proto.DiffResponse();
      const [olds, inputs, news] = [
        receive(request.getOlds()),
        receive(request.getOldInputs()),
        receive(request.getNews()),
      ];
      if (isBucket(urn)) {
        const isOther = olds.values.name !== news.values.name;
        response.setChanges(
          isOther ? proto.DiffResponse.DiffChanges.DIFF_SOME : proto.DiffResponse.DiffChanges.DIFF_NONE,
        );
        if (isOther) response.setReplacesList(["name"]);
        return response;
      }
      const { changes, replaces, details } = await resourceOf(urn).diff(urn, request.getId(), olds, inputs, news);
      response.setChanges(
        changes ? proto.DiffResponse.DiffChanges.DIFF_SOME : proto.DiffResponse.DiffChanges.DIFF_NONE,
      );
      response.setReplacesList([...replaces]);
      response.setHasdetaileddiff(details.size > 0);
      for (const [path, { kind, inputs: isInput }] of details) {
        const [head = ""] = path.split(/[.[]/);
        const detail = new proto.PropertyDiff();
        detail.setKind((replaces.includes(head) ? REPLACING : KINDS)[kind]);
        detail.setInputdiff(isInput);
        response.getDetaileddiffMap().set(path, detail);
      }
      response.setDiffsList([...new Set([...details.keys()].map((path) => path.split(/[.[]/)[0] ?? ""))]);
      return response;
    }),

    create: answer(async (request: proto.CreateRequest) => {
      const urn = request.getUrn();
      const news = receive(request.getProperties());
      const created = isBucket(urn)
        ? { ...(await bucket.create(news.values)), secrets: allIf(news) }
        : await resourceOf(urn).create(urn, news, request.getPreview());
      const response = new proto.CreateResponse();
      response.setId(request.getPreview() ? "" : created.id);
      response.setProperties(send(created.values, created.secrets));
      return response;
    }),

    read: answer(async (request: proto.ReadRequest) => {
      const urn = request.getUrn();
      const id = request.getId();
      const [state, inputs] = [receive(request.getProperties()), receive(request.getInputs())];
      const response = new proto.ReadResponse();
      if (isBucket(urn)) {
        response.setId(id);
        response.setProperties(send(await bucket.read(id), allIf(inputs)));
        response.setInputs(send({ name: id }, inputs.secrets));
        return response;
      }
      const found = await resourceOf(urn).read(urn, id, state, inputs);
      if (found === undefined) return response;
      response.setId(found.id);
      response.setProperties(send(found.values, found.secrets));
      response.setInputs(send(found.inputs, found.secretInputs));
      return response;
    }),

    update: answer(async (request: proto.UpdateRequest) => {
      const urn = request.getUrn();
      const [olds, news] = [receive(request.getOlds()), receive(request.getNews())];
      const updated = isBucket(urn)
        ? { ...(await bucket.create(news.values)), secrets: allIf(news) }
        : await resourceOf(urn).update(urn, request.getId(), olds, news, request.getPreview());
      const response = new proto.UpdateResponse();
      response.setProperties(send(updated.values, updated.secrets));
      return response;
    }),

    delete: answer(async (request: proto.DeleteRequest) => {
      const urn = request.getUrn();
      if (!isBucket(urn)) await resourceOf(urn).delete(urn, receive(request.getProperties()));
      return new Empty();
    }),

    invoke: answer(async (request: proto.InvokeRequest) => {
      const response = new proto.InvokeResponse();
      response.setReturn(send(await invoke(run, request.getTok(), receive(request.getArgs()).values)));
      return response;
    }),

    // The engine says so at the end of every run, and when it is interrupted.
    cancel: answer(async () => {
      await run.end();
      return new Empty();
    }),
  };
}

type Handler<Request, Response> = (
  call: grpc.ServerUnaryCall<Request, Response>,
  callback: (error: Partial<grpc.StatusObject> | null, response?: Response) => void,
) => void;

const unserved = (what: string) => (_call: unknown, callback: grpc.sendUnaryData<never>) => {
  callback({ code: grpc.status.UNIMPLEMENTED, details: `mediasaur has no ${what}` });
};

/** What the protocol has beside, and a provider of plain resources does not. */
const UNSERVED = {
  parameterize: unserved("parameters"),
  construct: unserved("components"),
  call: unserved("methods"),
  getMapping: unserved("mapping"),
  getMappings: unserved("mappings"),
  list: (call: grpc.ServerWritableStream<unknown, unknown>) => {
    call.emit("error", { code: grpc.status.UNIMPLEMENTED, details: "mediasaur has no list" });
  },
} as unknown as IResourceProviderServer;
