BEGIN TRANSACTION;
CREATE TABLE alias (
    key TEXT PRIMARY KEY,
    paper INTEGER NOT NULL REFERENCES paper
) WITHOUT ROWID;
INSERT INTO "alias" VALUES('arxiv:2202.00666',1);
INSERT INTO "alias" VALUES('doi:10.1000/x',2);
INSERT INTO "alias" VALUES('title:moons',3);
INSERT INTO "alias" VALUES('title:moons of old',3);
CREATE TABLE arrival (
    paper INTEGER PRIMARY KEY REFERENCES paper,
    source INTEGER NOT NULL REFERENCES source,
    came TEXT NOT NULL
);
CREATE TABLE attachment (
    paper INTEGER NOT NULL REFERENCES paper,
    path TEXT NOT NULL,
    PRIMARY KEY (paper, path)
) WITHOUT ROWID;
INSERT INTO "attachment" VALUES(1,'/home/me/a.pdf');
CREATE TABLE category (
    name TEXT NOT NULL COLLATE NOCASE,
    paper INTEGER NOT NULL REFERENCES paper,
    PRIMARY KEY (name, paper)
) WITHOUT ROWID;
INSERT INTO "category" VALUES('cs.CL',1);
CREATE TABLE followed (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE COLLATE NOCASE,
    added TEXT NOT NULL,
    paused TEXT NOT NULL DEFAULT '',
    fetched TEXT NOT NULL DEFAULT '',    -- when the last whole fetch ended
    problem TEXT NOT NULL DEFAULT '',    -- why the fetch after that failed
    progress TEXT NOT NULL DEFAULT ''
);
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
INSERT INTO "history" VALUES(1,'s','2026-01-04','read',1,3,'[["read","","","2026-01-04",[3]]]',0);
CREATE TABLE meta (
    name TEXT PRIMARY KEY,
    value NOT NULL
) WITHOUT ROWID;
INSERT INTO "meta" VALUES('change',9);
INSERT INTO "meta" VALUES('library','0123456789abcdef');
INSERT INTO "meta" VALUES('revision',5);
CREATE TABLE note (
    paper INTEGER PRIMARY KEY REFERENCES paper,
    text TEXT NOT NULL
);
INSERT INTO "note" VALUES(1,'see section 3');
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
INSERT INTO "paper" VALUES(1,'arxiv:2202.00666','Locally typical sampling','We sample typical words.','["Clara Meister"]','2022-02-01','TACL',5,0,0,'{"categories":["cs.CL"],"links":[{"kind":"page","url":"https://arxiv.org/abs/2202.00666"}],"identifiers":{"arxiv":"2202.00666"}}','2026-01-01T00:00:00.000Z',1,1,NULL);
INSERT INTO "paper" VALUES(2,'doi:10.1000/x','Attention','An abstract.','[]','2017','',NULL,0,0,'{"identifiers":{"doi":"10.1000/x"}}','2026-01-01T00:00:00.000Z',2,2,NULL);
INSERT INTO "paper" VALUES(3,'title:moons','Moons','','[]','','',NULL,0,0,'{}','2026-01-01T00:00:00.000Z',3,3,NULL);
INSERT INTO "paper" VALUES(4,'merged:4','Moons of old','','[]','','',NULL,0,0,'{}','2026-01-01T00:00:00.000Z',4,4,3);
CREATE TABLE paper_source (
    paper INTEGER NOT NULL REFERENCES paper,
    source INTEGER NOT NULL REFERENCES source,
    PRIMARY KEY (paper, source)
) WITHOUT ROWID;
INSERT INTO "paper_source" VALUES(1,1);
INSERT INTO "paper_source" VALUES(2,1);
INSERT INTO "paper_source" VALUES(3,1);
CREATE TABLE reading (
    paper INTEGER PRIMARY KEY REFERENCES paper,
    bookmarked TEXT NOT NULL DEFAULT '',
    position INTEGER NOT NULL DEFAULT 0,
    read TEXT NOT NULL DEFAULT '',
    done TEXT NOT NULL DEFAULT ''
);
INSERT INTO "reading" VALUES(1,'2026-01-03',2,'2026-01-04','');
INSERT INTO "reading" VALUES(2,'2026-01-02',1,'','');
INSERT INTO "reading" VALUES(3,'',0,'2026-01-04','2026-01-05');
CREATE TABLE saved_search (
    name TEXT PRIMARY KEY,
    request TEXT NOT NULL            -- JSON object
, position INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
INSERT INTO "saved_search" VALUES('typical','{"text": "typical", "chips": ["year:2022"], "view": "all", "sort": "relevance", "reverse": false}',1);
CREATE TABLE search_history (
    text TEXT PRIMARY KEY,
    time TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE source (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    headings TEXT NOT NULL           -- JSON list of [kind, text]
);
INSERT INTO "source" VALUES(1,'page.txt','[["opened","Mar 18"]]');
CREATE TABLE state (                 -- how the screen was left
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL              -- JSON
) WITHOUT ROWID;
CREATE TABLE tag (
    name TEXT NOT NULL COLLATE NOCASE,
    paper INTEGER NOT NULL REFERENCES paper,
    PRIMARY KEY (name, paper)
) WITHOUT ROWID;
INSERT INTO "tag" VALUES('rag',1);
INSERT INTO "tag" VALUES('to read',2);
CREATE TABLE trash (
    paper INTEGER PRIMARY KEY REFERENCES paper,
    time TEXT NOT NULL,
    state TEXT NOT NULL              -- JSON object
);
CREATE TABLE validator (
    followed INTEGER NOT NULL REFERENCES followed ON DELETE CASCADE,
    url TEXT NOT NULL,
    etag TEXT NOT NULL,
    modified TEXT NOT NULL,
    PRIMARY KEY (followed, url)
) WITHOUT ROWID;
CREATE INDEX paper_added ON paper (added DESC, row) WHERE merged_into IS NULL;
CREATE INDEX paper_published ON paper (published DESC, row) WHERE merged_into IS NULL;
CREATE INDEX paper_title_hash ON paper (title_hash);
CREATE INDEX paper_revision ON paper (revision);
CREATE INDEX paper_merged ON paper (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX alias_paper ON alias (paper);
CREATE INDEX paper_source_source ON paper_source (source, paper);
CREATE INDEX reading_list ON reading (position, paper) WHERE bookmarked != '';
CREATE INDEX tag_paper ON tag (paper);
CREATE INDEX history_undone ON history (undone) WHERE undone > 0;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('history',1);
COMMIT;
PRAGMA user_version = 3;
