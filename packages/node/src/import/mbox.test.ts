import { describe, expect, test } from "vitest";
import { readMbox } from "./mbox.ts";
import { readAll } from "./testing/read-all.ts";

const first = `From alice@example.org Thu Jan  1 10:00:00 2026
From: "Alice A." <alice@example.org>
Date: Thu, 1 Jan 2026 10:00:00 +0100
Subject: =?utf-8?q?The_g=C3=A4rten?=
Message-ID: <1@example.org>
Content-Type: text/plain; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

Dear all,
>From here on it is gr=FCn and a very long =
line.

`;
const second = `From bob@example.org Thu Jan  1 11:00:00 2026
From: bob@example.org (Bob)
Date: 1 Jan 2026 11:00:00 GMT
Subject: Re: The =?utf-8?b?Z8OkcnRlbg==?=
Message-ID: <2@example.org>
In-Reply-To: <1@example.org>
Content-Type: multipart/mixed; boundary="=_b"

This is no part.
--=_b
Content-Type: multipart/alternative; boundary=inner

--inner
Content-Type: text/html

<p>No: this</p>
--inner
Content-Type: text/plain

Fine
--inner--
--=_b
Content-Type: application/pdf; name="plan.pdf"
Content-Transfer-Encoding: base64

SGVsbG8=
--=_b--

`;

describe("a mailbox", () => {
  test("comes to messages in threads, with the names of what was attached", async () => {
    const { messages, problems } = await readAll(readMbox, "garden.mbox", first + second);
    expect(problems).toEqual([]);
    expect(messages).toMatchObject([
      {
        channel: "garden",
        author: "Alice A.",
        at: Date.UTC(2026, 0, 1, 9),
        key: "1@example.org",
        text: "**The gärten**\n\nDear all,\nFrom here on it is grün and a very long line.",
      },
      {
        author: "Bob",
        at: Date.UTC(2026, 0, 1, 11),
        key: "2@example.org",
        thread: "1@example.org",
        text: "Fine",
        files: ["plan.pdf"],
      },
    ]);
  });

  test("with pages only is read as words", async () => {
    const page = first
      .replace("text/plain; charset=iso-8859-1", "text/html")
      .replace(
        /Dear all[\s\S]*$/,
        "<style>p{}</style><p>One &amp; two</p><p>three</p><script>alert(1)\n",
      );
    expect((await readAll(readMbox, "a", page)).messages).toMatchObject([
      { text: "**The gärten**\n\nOne & two\nthree" },
    ]);
  });

  test("says where it is none, and which mails have no time or sender", async () => {
    expect((await readAll(readMbox, "a", "hello\n")).problems).toMatchObject([
      { line: 1, reason: expect.stringContaining("no mailbox") as string },
    ]);
    const { problems } = await readAll(
      readMbox,
      "a",
      (
        first.replace(/^Date:.*\n/m, "") +
        second.replace(/^From: .*\n/m, "") +
        first.replace("1 Jan 2026 10", "31 Feb 2026 10")
      ).replaceAll("Jan  1 10:00:00 2026", "99 2026"),
    );
    expect(problems.map(({ line, reason }) => [line, reason])).toEqual([
      [1, "this mail has no Date that can be read"],
      [12, "this mail has no From"],
      [39, "this mail has no Date that can be read"],
    ]);
  });

  test("holds no attachment, and cuts a text that has no end", async () => {
    const long = first.replace("Dear all,", "dear\n".repeat(100_000));
    const { messages, skipped } = await readAll(readMbox, "a", long, 65_536);
    expect(messages[0]!.text.length).toBeLessThan(210_000);
    expect(skipped).toEqual({ "ends of mails that are too long": 1 });
    const pages = first
      .replace("text/plain; charset=iso-8859-1", "text/html")
      .replace("Dear all,", "<".repeat(190_000));
    expect((await readAll(readMbox, "a", pages, 65_536)).messages).toHaveLength(1);
  });

  const letter = (separator: string, headers: string, body = "hello\n"): string =>
    `From ${separator}\nFrom: carol@example.org\n${headers}\n${body}\n`;

  test.each([
    ["Thunderbird", "- Thu Jan 01 10:00:00 2026"],
    ["Takeout", "1234567890@xxx Thu Jan 01 10:00:00 +0000 2026"],
    ["with its zone behind", "carol@example.org Thu Jan  1 11:00:00 2026 +0100"],
    ["with its zone named", "carol@example.org  Thu Jan  1 10:00:00 UTC 2026"],
    ["Mailman", "carol at example.org  Thu Jan  1 10:00:00 2026"],
  ])("of %s begins its mails, and says when those came that do not", async (_of, separator) => {
    const { messages, problems } = await readAll(
      readMbox,
      "a",
      letter(separator, "Date: Thu, 1 Jan 2026 09:59:00 GMT\n") +
        letter(separator, "") +
        letter(separator, "Date: sometime\n"),
    );
    expect(problems).toEqual([]);
    expect(messages.map(({ at }) => at)).toEqual([
      Date.UTC(2026, 0, 1, 9, 59),
      Date.UTC(2026, 0, 1, 10),
      Date.UTC(2026, 0, 1, 10),
    ]);
  });

  test.each([
    ["Thu, 1 Jan 2026 10:00:00 -0000", 10],
    ["Thursday, 1 January 2026 10:00:00 +0000", 10],
    ["Thu, 1 Jan 2026 9:00:00 GMT", 9],
    ["Thu, 1 Jan 2026 05:00:00 EST", 10],
    ["Thu, 1 Jan 26 02:00 PST (somewhere)", 10],
    ["Thu Jan  1 10:00:00 2026", 10],
  ])("dates it %s", async (date, hour) => {
    const { messages } = await readAll(
      readMbox,
      "a",
      letter("- Fri Jan  2 00:00:00 2026", `Date: ${date}\n`),
    );
    expect(messages[0]!.at).toBe(Date.UTC(2026, 0, 1, hour));
  });

  test("may name a file in pieces, and hold what a mail program keeps for itself", async () => {
    const attached =
      "Content-Disposition: attachment;\n filename*0*=utf-8''gr%C3%BC;\n filename*1=\"n, long.pdf\"\n";
    const { messages, skipped } = await readAll(
      readMbox,
      "a",
      letter(
        "- Thu Jan  1 00:00:00 2026",
        "Subject: DON'T DELETE THIS MESSAGE -- FOLDER INTERNAL DATA\nX-IMAP: 1 2\n",
      ) + letter("- Thu Jan  1 00:00:00 2026", attached),
    );
    expect(messages).toMatchObject([{ files: ["grün, long.pdf"] }]);
    expect(skipped).toEqual({ "notes of mail programs": 1 });
  });

  test("takes no longer for a line or a page that was made to take long", async () => {
    const endless = `From ${"a".repeat(1_000_000)}\n`;
    const page = letter(
      "- Thu Jan  1 00:00:00 2026",
      "Date: 1 Jan 2026 10:00:00 GMT\nContent-Type: text/html\n",
      `one${"&nbsp;".repeat(60_000)}two\n`,
    );
    const begun = performance.now();
    const { messages } = await readAll(readMbox, "a", `${page}${endless}`, 65_536);
    expect(messages).toHaveLength(1);
    expect(performance.now() - begun).toBeLessThan(2_500);
  });
});
