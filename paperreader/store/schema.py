"""The tables of the library, and the steps that bring an older library up to date."""

_FIRST = """
CREATE TABLE meta (
    name TEXT PRIMARY KEY,
    value NOT NULL
) WITHOUT ROWID;
-- change: moves with every transaction; revision: with every paper whose text is new.
INSERT INTO meta VALUES ('library', lower(hex(randomblob(16)))), ('change', 0), ('revision', 0);

CREATE TABLE paper (
    row INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    abstract TEXT NOT NULL,
    authors TEXT NOT NULL,           -- JSON list
    published TEXT NOT NULL,
    venue TEXT NOT NULL,
    upvotes INTEGER,
    has_code INTEGER NOT NULL,
    has_pdf INTEGER NOT NULL,
    details TEXT NOT NULL,           -- JSON object: every other field that is not empty
    added TEXT NOT NULL,
    title_hash INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    merged_into INTEGER REFERENCES paper
);
CREATE INDEX paper_added ON paper (added DESC, row) WHERE merged_into IS NULL;
CREATE INDEX paper_published ON paper (published DESC, row) WHERE merged_into IS NULL;
CREATE INDEX paper_title_hash ON paper (title_hash);
CREATE INDEX paper_revision ON paper (revision);
CREATE INDEX paper_merged ON paper (merged_into) WHERE merged_into IS NOT NULL;

CREATE TABLE alias (
    key TEXT PRIMARY KEY,
    paper INTEGER NOT NULL REFERENCES paper
) WITHOUT ROWID;
CREATE INDEX alias_paper ON alias (paper);

CREATE TABLE category (
    name TEXT NOT NULL COLLATE NOCASE,
    paper INTEGER NOT NULL REFERENCES paper,
    PRIMARY KEY (name, paper)
) WITHOUT ROWID;

CREATE TABLE source (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    headings TEXT NOT NULL           -- JSON list of [kind, text]
);
CREATE TABLE paper_source (
    paper INTEGER NOT NULL REFERENCES paper,
    source INTEGER NOT NULL REFERENCES source,
    PRIMARY KEY (paper, source)
) WITHOUT ROWID;
CREATE INDEX paper_source_source ON paper_source (source, paper);

CREATE TABLE reading (
    paper INTEGER PRIMARY KEY REFERENCES paper,
    bookmarked TEXT NOT NULL DEFAULT '',
    position INTEGER NOT NULL DEFAULT 0,
    read TEXT NOT NULL DEFAULT '',
    done TEXT NOT NULL DEFAULT ''
);
CREATE INDEX reading_list ON reading (position, paper) WHERE bookmarked != '';

CREATE TABLE tag (
    name TEXT NOT NULL COLLATE NOCASE,
    paper INTEGER NOT NULL REFERENCES paper,
    PRIMARY KEY (name, paper)
) WITHOUT ROWID;
CREATE INDEX tag_paper ON tag (paper);

CREATE TABLE note (
    paper INTEGER PRIMARY KEY REFERENCES paper,
    text TEXT NOT NULL
);

CREATE TABLE saved_search (
    name TEXT PRIMARY KEY,
    request TEXT NOT NULL            -- JSON object
) WITHOUT ROWID;
"""

_HISTORY = """
-- What the person did, so that it can be undone; see store/history.py.
CREATE TABLE history (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    session TEXT NOT NULL,           -- the Store that did it
    time TEXT NOT NULL,
    what TEXT NOT NULL,
    papers INTEGER NOT NULL,         -- how many were changed
    first INTEGER,                   -- one of them
    changes TEXT NOT NULL,           -- JSON list of [field, name, before, after, [row, ...]]
    undone INTEGER NOT NULL DEFAULT 0  -- 0: done; else a number that grows with every undo
);
CREATE INDEX history_undone ON history (undone) WHERE undone > 0;

-- Papers that were removed, with what the other tables held of them; see store/trash.py. Such a
-- paper is merged into itself, so that no list, count or index has it.
CREATE TABLE trash (
    paper INTEGER PRIMARY KEY REFERENCES paper,
    time TEXT NOT NULL,
    state TEXT NOT NULL              -- JSON object
);

CREATE TABLE attachment (
    paper INTEGER NOT NULL REFERENCES paper,
    path TEXT NOT NULL,
    PRIMARY KEY (paper, path)
) WITHOUT ROWID;

CREATE TABLE search_history (
    text TEXT PRIMARY KEY,
    time TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE state (                 -- how the screen was left
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL              -- JSON
) WITHOUT ROWID;

ALTER TABLE saved_search ADD COLUMN position INTEGER NOT NULL DEFAULT 0;
UPDATE saved_search SET position =
    (SELECT count(*) FROM saved_search AS other WHERE other.name <= saved_search.name);

-- Earlier versions could give two bookmarks one position.
UPDATE reading SET position = ordered.number
    FROM (SELECT paper, row_number() OVER (ORDER BY position, paper) AS number
        FROM reading WHERE bookmarked != '') AS ordered
    WHERE ordered.paper = reading.paper;
"""

_FOLLOWED = """
-- What is followed, and how far. `progress` is a JSON object of the fetching's own.
CREATE TABLE followed (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE COLLATE NOCASE,
    added TEXT NOT NULL,
    paused TEXT NOT NULL DEFAULT '',
    fetched TEXT NOT NULL DEFAULT '',    -- when the last whole fetch ended
    problem TEXT NOT NULL DEFAULT '',    -- why the fetch after that failed
    progress TEXT NOT NULL DEFAULT ''
);
-- What servers called the versions of their answers, for asking only whether they changed.
CREATE TABLE validator (
    followed INTEGER NOT NULL REFERENCES followed ON DELETE CASCADE,
    url TEXT NOT NULL,
    etag TEXT NOT NULL,
    modified TEXT NOT NULL,
    PRIMARY KEY (followed, url)
) WITHOUT ROWID;
-- Papers that a fetch brought and that were not here before.
CREATE TABLE arrival (
    paper INTEGER PRIMARY KEY REFERENCES paper,
    source INTEGER NOT NULL REFERENCES source,
    came TEXT NOT NULL
);
"""

_LOOKUPS = """
-- When a service was asked about a paper, so that it is not asked every day in vain.
CREATE TABLE lookup (
    paper INTEGER NOT NULL REFERENCES paper,
    service TEXT NOT NULL,
    asked TEXT NOT NULL,
    PRIMARY KEY (paper, service)
) WITHOUT ROWID;
"""

_INTEREST = """
-- Of which papers the person said that they want more, or less, like them.
CREATE TABLE interest (
    value TEXT NOT NULL,             -- more or less
    paper INTEGER NOT NULL REFERENCES paper,
    PRIMARY KEY (value, paper)
) WITHOUT ROWID;
CREATE INDEX interest_paper ON interest (paper);
"""

_VARIANTS = """
-- What sources said of papers; see store/variants.py.
CREATE TABLE variant (
    digest BLOB PRIMARY KEY,
    paper INTEGER NOT NULL REFERENCES paper,
    content TEXT      -- JSON object; NULL: the paper itself, '': part of another variant
) WITHOUT ROWID;
CREATE INDEX variant_paper ON variant (paper) WHERE content > '';
-- Numbers by which papers that may be the same are found.
CREATE TABLE token (
    number INTEGER NOT NULL,
    paper INTEGER NOT NULL REFERENCES paper,
    PRIMARY KEY (number, paper)
) WITHOUT ROWID;
-- What the person decided: whether two variants are of one paper.
CREATE TABLE decision (
    one BLOB NOT NULL,               -- the smaller digest
    other BLOB NOT NULL,
    same INTEGER NOT NULL,
    PRIMARY KEY (one, other)
) WITHOUT ROWID;
CREATE INDEX decision_other ON decision (other);
DROP INDEX paper_title_hash;
ALTER TABLE paper DROP COLUMN title_hash;
"""

# One script a version. A released step is never changed: a new one is added after it.
STEPS: tuple[str, ...] = (_FIRST, _HISTORY, _FOLLOWED, _LOOKUPS, _INTEREST, _VARIANTS)
