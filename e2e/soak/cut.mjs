/**
 * Loaded into a node (`--import`) to cut it off from other devices and back, by SIGUSR2: as long as the file that the
 * address of this module names is there, what goes over TCP breaks and is refused, in both directions, except the local API.
 */
import { existsSync } from "node:fs";
import { Server as HttpServer } from "node:http";
import { Server, Socket } from "node:net";
import { isMainThread } from "node:worker_threads";

if (isMainThread) {
  const sockets = new Set();
  const file = new URL(import.meta.url).searchParams.get("file");
  let isCut = existsSync(file);

  const track = (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    if (isCut) process.nextTick(() => socket.destroy(new Error("cut off")));
  };

  const connect = Socket.prototype.connect;
  Socket.prototype.connect = function (...to) {
    track(this);
    return isCut ? this : connect.apply(this, to);
  };
  const emit = Server.prototype.emit;
  Server.prototype.emit = function (event, ...values) {
    if (event === "connection" && !(this instanceof HttpServer)) track(values[0]);
    return emit.call(this, event, ...values);
  };
  process.on("SIGUSR2", () => {
    // Of several signals at once only one may come: what counts is the file.
    isCut = existsSync(file);
    if (isCut) for (const socket of sockets) socket.destroy(new Error("cut off"));
  });
}
