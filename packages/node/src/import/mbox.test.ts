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
    expect((await readAll(readMbox, "a", "")).problems).toMatchObject([{ line: 1 }]);
    const { problems } = await readAll(
      readMbox,
      "a",
      first.replace(/^Date:.*\n/m, "") +
        second.replace(/^From: .*\n/m, "") +
        first.replace("1 Jan 2026 10", "31 Feb 2026 10"),
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
});
