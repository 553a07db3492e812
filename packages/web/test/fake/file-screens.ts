/** Files in a conversation, before they are sent, large, and what they take of the disk. */
import type { FileShape, FileState, FileView, Message } from "@multichat/client/contract";
import { aPng } from "../../src/files/testing/pictures.ts";
import { openSettings } from "../../src/state/settings-place.ts";
import { openSheet } from "../../src/state/store.ts";
import { stageFiles, stagedAt } from "../../src/state/staging.ts";
import type { fileScreenNames } from "./file-screen-names.ts";
import { putFile } from "./files.ts";
import { covered, garden, pause, team, type Screen } from "./screen.ts";
import { say } from "./talk.ts";
import { addChannel, hour, idOf, me, minute, now, person, type World } from "./world.ts";
import { teamWorld } from "./worlds.ts";

const plans = idOf("channel Garden Club pictures");
const [bruno, carol] = ["Bruno Castellanos", "Carol"].map(person) as [typeof me, typeof me];

export const fileScreens: Record<(typeof fileScreenNames)[number], Screen> = {
  files: team(shown, filesWorld, plans),
  staged: team(
    async ({ app }) => {
      stageFiles(
        app,
        plans,
        [
          aPhoto(),
          new File(["0".repeat(48_000)], "seed list\u202Exslx.txt", { type: "text/plain" }),
          new File([], "empty.bin"),
        ],
        0,
      );
      while (stagedAt(app, plans).some(({ step }) => step.at !== "ready" && step.at !== "failed"))
        await pause(20);
    },
    filesWorld,
    plans,
  ),
  look: team(
    async ({ app, fake }) => {
      await shown();
      const message = fake.world.messages[plans]!.find(({ files }) => files.length > 1)!;
      openSheet(app, { kind: "look", message, blob: message.files[0]!.blob });
      while (!document.querySelector("dialog img")) await pause(20);
    },
    filesWorld,
    plans,
  ),
  storage: covered(async ({ app }) => openSettings(app, { space: garden, section: "files" })),
};

/** What is drawn is drawn. */
async function shown(): Promise<void> {
  while (document.querySelectorAll("article img[src^=blob]").length < 2) await pause(20);
}

function filesWorld(): World {
  const world = teamWorld();
  const picture = (
    name: string,
    width: number,
    height: number,
    hue: number,
    of: Partial<FileView> = {},
  ): FileView =>
    file(
      `${name}.png`,
      "image/png",
      { width, height },
      { blob: putFile(name, painted(width, height, hue)), ...of },
    );
  const missing = (name: string, state: FileState, shape: FileShape, type: string): FileView =>
    file(name, type, shape, { state, size: 18_400_000 });
  const messages: Message[] = [
    say(bruno, now - 3 * hour, "The beds, from both sides", {
      files: [picture("beds", 900, 600, 140), picture("shed", 500, 700, 30)],
    }),
    say(carol, now - 2.5 * hour, "", {
      files: [
        file(
          "Sowing and planting for the whole year, second edition.pdf",
          "application/pdf",
          {},
          { size: 2_480_000 },
        ),
        file(
          "notes.txt",
          "text/plain",
          {},
          { blob: putFile("notes", new Blob(["water\nsalt"])), size: 10 },
        ),
      ],
    }),
    say(carol, now - 2 * hour, "The film of the opening", {
      files: [
        missing(
          "opening.mp4",
          { step: "fetching", have: 7_200_000, of: 18_400_000, from: [bruno] },
          { width: 1920, height: 1080 },
          "video/mp4",
        ),
      ],
    }),
    say(bruno, now - 90 * minute, "", {
      files: [
        missing(
          "panorama.jpg",
          { step: "failed", why: "nobody" },
          { width: 4000, height: 1000 },
          "image/jpeg",
        ),
        missing("birds.wav", { step: "missing" }, {}, "audio/wav"),
      ],
    }),
    say(carol, now - 80 * minute, "", {
      files: [
        file("voice.webm", "audio/webm", {
          voice: true,
          duration: 7_400,
          wave: Array.from({ length: 48 }, (_, i) =>
            Math.round(128 + 120 * Math.sin(i / 3) * Math.cos(i / 11)),
          ),
        }),
      ],
    }),
    say(bruno, now - hour, "", { once: { looked: false }, files: [picture("key", 600, 800, 260)] }),
    say(carol, now - 50 * minute, "", {
      once: { looked: true },
      files: [picture("gone", 600, 800, 260)],
    }),
    say(carol, now - 45 * minute, "A map", {
      files: [
        file(
          "map.png",
          "image/png",
          { width: 400, height: 300 },
          { blob: putFile("map", new Blob([aPng({ width: 60_000, height: 60_000 })])) },
        ),
      ],
    }),
    say(me, now - 40 * minute, "Is this one broken?", {
      files: [
        file(
          "broken.png",
          "image/png",
          { width: 500, height: 300 },
          { blob: putFile("broken", new Blob(["no picture"])) },
        ),
      ],
    }),
  ];
  addChannel(world, world.spaces[0]!, { name: "pictures" }, messages);
  return world;
}

function file(name: string, type: string, shape: FileShape, of: Partial<FileView> = {}): FileView {
  return {
    blob: idOf(`blob ${name}`),
    name,
    type,
    size: 120_000,
    shape,
    state: { step: "here" },
    thumbHere: false,
    ...of,
  };
}

/** Hills under a sky. */
function painted(width: number, height: number, hue: number): Blob {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d")!;
  const sky = context.createLinearGradient(0, 0, 0, height);
  sky.addColorStop(0, `hsl(${hue + 60} 60% 82%)`);
  sky.addColorStop(1, `hsl(${hue} 50% 90%)`);
  context.fillStyle = sky;
  context.fillRect(0, 0, width, height);
  for (let i = 0; i < 4; i++) {
    context.fillStyle = `hsl(${hue} ${30 + i * 8}% ${60 - i * 12}%)`;
    context.beginPath();
    context.ellipse(
      width * (0.15 + i * 0.25),
      height,
      width * 0.4,
      height * (0.45 - i * 0.07),
      0,
      0,
      7,
    );
    context.fill();
  }
  const [, data = ""] = canvas.toDataURL("image/png").split(",");
  return new Blob([Uint8Array.from(atob(data), (sign) => sign.codePointAt(0)!)], {
    type: "image/png",
  });
}

/** As a phone takes it: with a place in it. The picture is a smallest one, for the place is what matters. */
export function aPhoto(): File {
  const bytes = Uint8Array.from(atob(smallestJpeg), (sign) => sign.codePointAt(0)!);
  const exif = new TextEncoder().encode("Exif\0\0MM\0*\0\0\0\u0008\0\0GPS 48.8583,2.2945");
  return new File(
    [
      bytes.subarray(0, 2),
      new Uint8Array([0xff, 0xe1, 0, exif.length + 2]),
      exif,
      bytes.subarray(2),
    ],
    "IMG_2041.jpg",
    { type: "image/jpeg" },
  );
}

const smallestJpeg =
  "/9j/4AAQSkZJRgABAQAAAQABAAD/4gHYSUNDX1BST0ZJTEUAAQEAAAHIAAAAAAQwAABtbnRyUkdCIFhZWiAH4AABAAEAAAAAAABhY3NwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQAA9tYAAQAAAADTLQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAlkZXNjAAAA8AAAACRyWFlaAAABFAAAABRnWFlaAAABKAAAABRiWFlaAAABPAAAABR3dHB0AAABUAAAABRyVFJDAAABZAAAAChnVFJDAAABZAAAAChiVFJDAAABZAAAAChjcHJ0AAABjAAAADxtbHVjAAAAAAAAAAEAAAAMZW5VUwAAAAgAAAAcAHMAUgBHAEJYWVogAAAAAAAAb6IAADj1AAADkFhZWiAAAAAAAABimQAAt4UAABjaWFlaIAAAAAAAACSgAAAPhAAAts9YWVogAAAAAAAA9tYAAQAAAADTLXBhcmEAAAAAAAQAAAACZmYAAPKnAAANWQAAE9AAAApbAAAAAAAAAABtbHVjAAAAAAAAAAEAAAAMZW5VUwAAACAAAAAcAEcAbwBvAGcAbABlACAASQBuAGMALgAgADIAMAAxADb/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4UG1RV19iZ2hnPk1xeXBkeFxlZ2P/2wBDARESEhgVGC8aGi9jQjhCY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2P/wAARCAAgADADASIAAhEBAxEB/8QAFgABAQEAAAAAAAAAAAAAAAAAAwIF/8QAFRABAQAAAAAAAAAAAAAAAAAAAgD/xAAXAQEBAQEAAAAAAAAAAAAAAAADAQAE/8QAFREBAQAAAAAAAAAAAAAAAAAAAAH/2gAMAwEAAhEDEQA/ANpqFqpqBqS1xpahaqagajtVLULVTUDUVrNxqFqpqFqa1ENQtVNQtR2qlqBqpqFqK1X/2Q==";
