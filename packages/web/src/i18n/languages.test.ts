import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { isolateValues } from "./isolate.ts";
import { languageFor } from "./languages.ts";

test("the language is the chosen one, else the first of the browser's that there is, else English", () => {
  expect(languageFor("de", ["ar-EG"])).toBe("de");
  expect(languageFor("system", ["fr-CA", "ar-EG", "de"])).toBe("ar");
  expect(languageFor("system", ["de-AT"])).toBe("de");
  expect(languageFor("system", ["fr", "zh-Hans"])).toBe("en");
});

test("a value written in the other direction is kept to itself, and what needs no marks gets none", () => {
  expect(isolateValues("en", { name: "Bob", count: 3 })).toEqual({ name: "Bob", count: 3 });
  expect(isolateValues("en", { name: "ليلى" })).toEqual({ name: "\u2068ليلى\u2069" });
  expect(isolateValues("ar", { name: "Bob", count: 3 })).toEqual({
    name: "\u2068Bob\u2069",
    count: 3,
  });
});

test("icons that point along the line are turned where it runs the other way", () => {
  const root = join(import.meta.dirname, "..");
  const sources = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(".tsx"),
  );
  const imported = sources.flatMap((file) =>
    [
      ...readFileSync(join(root, file), "utf8").matchAll(
        /import \{([^}]*)\} from "lucide-react"/gu,
      ),
    ].flatMap(([, names]) => names!.split(",").map((name) => name.trim())),
  );
  const pointing = [...new Set(imported)].filter((name) =>
    /Left|Right|^Reply|^Forward|^Send|^Undo|^Redo|^LogOut|^LogIn/u.test(name),
  );
  const turned = readFileSync(join(root, "design/base.css"), "utf8");
  const classOf = (name: string) =>
    `.lucide-${name.replaceAll(/([a-z])([A-Z0-9])/gu, "$1-$2").toLowerCase()}`;
  expect(pointing.length).toBeGreaterThan(5);
  expect(pointing.filter((name) => !turned.includes(classOf(name)))).toEqual([]);
});
