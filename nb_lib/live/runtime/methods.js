// The methods of Python's own lists, dictionaries, sets, words and numbers.

const queue = (list, maxlen) => { // a list, or a deque that keeps its last items
  if (maxlen >= 0) shortened(Object.assign(list, { maxlen }));
  return list;
};
const shortened = (list) => { if (list.maxlen >= 0) list.splice(0, list.length - list.maxlen); return null; };

const LIST = {
  append: (list, item) => { list.push(item); return shortened(list); },
  extend: (list, items) => { list.push(...op.iter(items)); return shortened(list); },
  insert: (list, at, item) => {
    if (list.length >= list.maxlen) raise("IndexError", "deque already at its maximum size");
    list.splice(at, 0, item);
    return null;
  },
  pop: (list, at = -1) => list.splice(placeInList(list, at), 1)[0],
  reverse: (list) => { list.reverse(); return null; },
  copy: (list) => queue([...list], list.maxlen),
  clear: (list) => { list.length = 0; return null; },
  count: (list, item) => list.filter((each) => same(each, item)).length,
  index: (list, item) => {
    const place = list.findIndex((each) => same(each, item));
    return place < 0 ? raise("ValueError", "not in list") : place;
  },
  sort: (list, named = {}) => { list.splice(0, list.length, ...py.sorted(list, named.key ?? null, named.reverse ?? false)); return null; },
};
const DICT = {
  keys: (map) => [...map.keys()],
  values: (map) => [...map.values()],
  items: (map) => Array.from(map, ([key, value]) => tuple([key, value])),
  get: (map, key, standard = null) => (map.has(hashed(key)) ? map.get(hashed(key)) : standard),
  copy: (map) => Object.assign(new Map(map), map), // with what it gives for a missing key
  update: (map, other) => { for (const [key, value] of other) map.set(key, value); return null; },
  setdefault: (map, key, standard = null) => {
    const place = hashed(key);
    if (!map.has(place)) map.set(place, standard);
    return map.get(place);
  },
  pop: (map, key, standard) => {
    const place = hashed(key);
    if (!map.has(place)) return standard === undefined ? raise("KeyError", format(key, "", true)) : standard;
    const value = map.get(place);
    map.delete(place);
    return value;
  },
};
const SET = {
  add: (set, item) => { set.add(hashed(item)); return null; },
  update: (set, items) => { for (const each of op.iter(items)) set.add(hashed(each)); return null; },
  discard: (set, item) => { set.delete(hashed(item)); return null; },
};
const WORDS = {
  join: (word, items) => [...op.iter(items)].join(word),
  split: (word, by = null) => (by === null ? word.trim().split(/\s+/).filter(Boolean) : word.split(by)),
  replace: (word, old, other) => word.replaceAll(old, other),
  strip: (word) => word.trim(),
  startswith: (word, start) => (isList(start) ? start.some((each) => word.startsWith(each)) : word.startsWith(start)),
  endswith: (word, end) => (isList(end) ? end.some((each) => word.endsWith(each)) : word.endsWith(end)),
  translate: (word, table) => [...word].map((each) => {
    const other = table.get(each.codePointAt(0)) ?? (table.has(each.codePointAt(0)) ? "" : each);
    return typeof other === "number" ? String.fromCodePoint(other) : other;
  }).join(""),
  removeprefix: (word, start) => (word.startsWith(start) ? word.slice(start.length) : word),
  removesuffix: (word, end) => (end && word.endsWith(end) ? word.slice(0, -end.length) : word),
  upper: (word) => word.toUpperCase(),
  lower: (word) => word.toLowerCase(),
  capitalize: (word) => word.slice(0, 1).toUpperCase() + word.slice(1).toLowerCase(),
  count: (word, part) => word.split(part).length - 1,
  isdigit: (word) => /^\d+$/.test(word),
  index: (word, part) => (word.includes(part) ? word.indexOf(part) : raise("ValueError", "substring not found")),
  format: (word, ...given) => {
    const [plain, named] = typeof given.at(-1) === "object" && given.at(-1)?.constructor === Object
      ? [given.slice(0, -1), given.at(-1)] : [given, {}];
    let next = 0;
    return word.replace(/\{(\w*)(?::([^}]*))?\}/g, (_, name, spec = "") => {
      const value = name === "" ? plain[next++] : /^\d+$/.test(name) ? plain[name] : named[name];
      return value === undefined ? raise("KeyError", name) : format(value, spec);
    });
  },
};
const NUMBERS = {
  item: (value) => value,
  tolist: (value) => value,
  copy: (value) => value,
  astype: (value, dtype) => asarray(value).astype(dtype).item(),
  bit_length: (value) => (value ? Math.floor(Math.log2(Math.abs(value))) + 1 : 0),
  is_integer: (value) => Number.isInteger(value),
};
for (const name of METHODS_OF_ARRAYS) NUMBERS[name] = (value, ...given) => np[name](value, ...given);
NUMBERS.ravel = (value) => asarray(value).ravel();
NUMBERS.reshape = (value, ...shape) => asarray(value).reshape(...shape);

function METHODS_OF(value) {
  if (isNumber(value)) return NUMBERS;
  if (typeof value === "string") return WORDS;
  if (isList(value)) return LIST;
  return value instanceof Map ? DICT : value instanceof Set ? SET : null;
}
