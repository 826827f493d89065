/**
 * A name that an object of JSON has twice: `JSON.parse` takes the last one and says nothing.
 *
 * Source:  RFC 8259, section 4, "Objects"
 * Chapter: notebooks/13-pre-training.ipynb
 */

/** The strings and the signs of JSON that open, close or name something. */
const PARTS = /"(?:[^"\\]|\\.)*"|[{}[\]:]/gu;

/** The first name that comes twice in one object, at any depth; `text` must be JSON that parses. */
export function repeatedKey(text: string): string | undefined {
  const objects: Set<string>[] = []; // the names so far, of each object or list that is open
  let last = "";
  for (const [part] of text.matchAll(PARTS)) {
    if (part === "{" || part === "[") objects.push(new Set());
    else if (part === "}" || part === "]") objects.pop();
    else if (part === ":") {
      const name = JSON.parse(last) as string; // one name may be written in several ways
      const names = objects.at(-1) as Set<string>;
      if (names.has(name)) return name;
      names.add(name);
    }
    last = part;
  }
  return undefined;
}
