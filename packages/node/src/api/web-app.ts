/** The built web app as files: hashed assets may be kept for ever, everything else is asked for again each time. */
import { readFile, realpath } from "node:fs/promises";
import { extname, join, sep } from "node:path";

const types: Record<string, string> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".map": "application/json; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json; charset=utf-8",
  ".webp": "image/webp",
  ".woff2": "font/woff2",
};

export interface WebFile {
  body: Uint8Array<ArrayBuffer>;
  type: string;
  cacheControl: string;
}

/** The file at this path of the web app, its front page for an address the app makes up itself, or null. */
export async function readWebFile(webRoot: string, path: string): Promise<WebFile | null> {
  const asked = path === "/" ? "/index.html" : path;
  const found = await readInside(webRoot, asked);
  if (found !== null) {
    return {
      body: found,
      type: types[extname(asked)] ?? "application/octet-stream",
      // Vite names what it puts under assets/ after its content.
      cacheControl: asked.startsWith("/assets/")
        ? "public, max-age=31536000, immutable"
        : "no-cache",
    };
  }
  if (extname(asked) !== "") return null;
  const front = await readInside(webRoot, "/index.html");
  return front && { body: front, type: "text/html; charset=utf-8", cacheControl: "no-cache" };
}

/** Null for what is not there, is no file, or lies outside the folder once dots and symbolic links are followed. */
async function readInside(root: string, path: string): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    const folder = await realpath(root);
    const file = await realpath(join(folder, decodeURIComponent(path)));
    if (!file.startsWith(folder + sep)) return null;
    return new Uint8Array(await readFile(file));
  } catch {
    return null;
  }
}

export const notBuilt = `<!doctype html><meta charset="utf-8"><title>Multichat</title>
<p>The web app has not been built yet. Run <code>npm start</code>, which builds it first.</p>
`;
