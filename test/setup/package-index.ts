/** An index of Python packages on this machine that has one wheel, and breaks off when it is told to. */
import http from "node:http";
import type net from "node:net";

import { afterAll } from "vitest";

import { PROJECT, WHEEL, wheel } from "./tiny-tensorflow.ts";

/** The requests for the page of the wheel's project and for the wheel, as `asked` has them. */
export const PAGE = `GET /simple/${PROJECT}/`;
export const FILE = `GET /files/${WHEEL}`;

export interface Index {
  /** For PIP_INDEX_URL. */
  readonly url: string;
  /** "GET /files/… bytes=100-", in order. */
  readonly asked: string[];
  /** What is sent as the wheel. */
  file: Buffer;
  /** How many bytes of an answer are sent before the connection breaks; one for each answer. */
  cuts: number[];
  /** As newer indexes answer, or as all do. */
  form: "json" | "html";
}

const servers: net.Server[] = [];
afterAll(() => {
  for (const server of servers) server.close();
});

/** An index of Python packages that has the wheel and nothing else. */
export async function startIndex(): Promise<Index> {
  const server = http.createServer((request, response) => {
    const { method, url, headers: sent } = request;
    index.asked.push([method, url, sent.range].filter(Boolean).join(" "));
    const wanted = url?.replace("http://far.example", ""); // of whom this is the proxy
    if (wanted === `/simple/${PROJECT}/`) return page(response);
    if (wanted !== `/files/${WHEEL}`) return response.writeHead(404).end();
    const from = Number(/^bytes=(\d+)-$/.exec(sent.range ?? "")?.[1] ?? 0);
    const part = index.file.subarray(from);
    response.writeHead(from > 0 ? 206 : 200, {
      "content-length": part.length,
      "content-range": `bytes ${from}-${index.file.length - 1}/${index.file.length}`,
    });
    const cut = index.cuts.shift();
    if (cut === undefined) return response.end(part);
    return response.write(part.subarray(0, cut), () => setTimeout(() => response.destroy(), 50));
  });
  const page = (response: http.ServerResponse): unknown => {
    const link = `../../files/${WHEEL}`;
    const json = { files: [{ filename: WHEEL, url: link }] };
    if (index.form === "json")
      return response
        .setHeader("content-type", "application/vnd.pypi.simple.v1+json")
        .end(JSON.stringify(json));
    return response
      .setHeader("content-type", "text/html")
      .end(`<!DOCTYPE html><a href="${link}#sha256=0">${WHEEL}</a>`);
  };
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  servers.push(server);
  const { port } = server.address() as net.AddressInfo;
  const url = `http://127.0.0.1:${port}/simple`;
  const index: Index = { url, asked: [], file: wheel, cuts: [], form: "html" };
  return index;
}
