// One download by the client that openapi-typescript makes: node download.js <address of the API> <key> <file>
import { writeFile } from "node:fs/promises";
import createClient from "openapi-fetch";
import type { paths } from "./api.js";

const [baseUrl, key, file] = process.argv.slice(2);
const client = createClient<paths>({ baseUrl, headers: { "X-API-Key": key } });

const submitted = await client.POST("/downloads", {
    params: { header: { "Idempotency-Key": crypto.randomUUID() } },
    body: { urlOrId: "3000000000", accountName: "sandbox" },
});
if (submitted.error) {
    throw new Error(submitted.error.detail);
}
const params = { path: { id: submitted.data.id } };

const events = await client.GET("/downloads/{id}/events", { params, parseAs: "stream" });
if (events.error) {
    throw new Error(events.error.detail);
}
let text = "";
for await (const chunk of events.data!.pipeThrough(new TextDecoderStream())) {
    text += chunk;
}
if (!text.includes("event: end\n")) {
    throw new Error("The stream ended without its last event:\n" + text);
}

const download = await client.GET("/downloads/{id}", { params });
if (download.error || download.data.status !== "success") {
    throw new Error(JSON.stringify(download.error ?? download.data.error));
}
const zip = await client.GET("/downloads/{id}/zip", { params, parseAs: "arrayBuffer" });
if (zip.error) {
    throw new Error(zip.error.detail);
}
await writeFile(file, Buffer.from(zip.data!));
console.log(download.data.bytesDone);
