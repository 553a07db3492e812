/** What stands beside an export, for whoever finds it in ten years (spec/export.md). */
export const readme = `This is an export of Multichat: messages of one person's workspaces, in open files.

people.json          everybody who is named here: id and name
SPACE/space.json     a workspace, private channel or conversation: its name, members, roles and channels
SPACE/CHANNEL.jsonl  its messages: one JSON document on each line. The first line names the channel.
SPACE/files/         files that were sent with them

All text is UTF-8. Times are milliseconds since 1 January 1970, UTC. Texts are Markdown.

A message has
  id, kind, author {id, name}, time, text (as it was when this was written)
  edits      what the text was before, the first first: [{text, at}]
  reactions  [{emoji, count, people}], of whom the first 50 are named
  reply      the id of the message it answers, or null
  thread     the id of the message whose thread it is in, or null; those of a thread stand behind that message
  pinned, deleted (its text is gone), missing (its text was not on this computer)
  expires    when it will disappear everywhere, or null
  title, tags, imported {author, source} (who wrote it where, if it was brought in from elsewhere)
  files      [{name, type, size, file}]; file is null where its bytes were not on this computer
  view       a poll (of those who chose an answer the first 50 are named) or list as it was

What had disappeared before is not here: it was destroyed everywhere. "expired" in space.json says how many messages
of a channel that were, as far as this computer knows of them, "retention" after how many seconds they disappear there
(0: never).

Bring it into a workspace again, files included:  multichat import export FOLDER --into WORKSPACE
Anybody who has these files can read them. They are not encrypted.
`;
