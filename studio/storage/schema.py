"""The tables of `studio.db`, one script for each version. A script that has been released is never edited again.

Times are microseconds since 1970 in UTC, money is in billionths of a US dollar, JSON columns hold values of
`studio.domain`. Only what is searched, sorted or summed has a column of its own."""

from __future__ import annotations

VERSION_1 = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- What was asked -----------------------------------------------------------------------------------------------

CREATE TABLE prompts (
    id INTEGER PRIMARY KEY,
    text TEXT NOT NULL,
    digest BLOB NOT NULL UNIQUE,           -- SHA-256 of the text, so that long prompts are not kept twice
    first_used_at INTEGER NOT NULL,
    last_used_at INTEGER NOT NULL,
    use_count INTEGER NOT NULL DEFAULT 0   -- runs; 0 when it only belongs to imported images
) STRICT;
CREATE INDEX prompts_by_use ON prompts (last_used_at, id) WHERE use_count > 0;

-- AUTOINCREMENT: the number of a run that is gone is never given to another.
CREATE TABLE runs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    created_at INTEGER NOT NULL,
    origin TEXT NOT NULL,
    parent_run_id INTEGER,
    prompt_id INTEGER NOT NULL REFERENCES prompts (id),
    value TEXT NOT NULL                    -- Run without its jobs
) STRICT;
CREATE INDEX runs_by_prompt ON runs (prompt_id);
CREATE INDEX runs_by_parent ON runs (parent_run_id);
CREATE INDEX runs_by_time ON runs (created_at);
CREATE INDEX runs_listed ON runs (id);          -- narrow, where the table has whole requests in it

CREATE TABLE jobs (
    id TEXT PRIMARY KEY,
    run_id INTEGER NOT NULL REFERENCES runs (id),
    position INTEGER NOT NULL,
    provider TEXT NOT NULL,
    model TEXT NOT NULL,
    state TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    image_cost INTEGER,                    -- per image; reported, else estimated; NULL when nobody knows
    value TEXT NOT NULL,                   -- Job without its calls
    UNIQUE (run_id, position)
) STRICT;
CREATE INDEX jobs_by_fingerprint ON jobs (fingerprint);
CREATE INDEX jobs_by_state ON jobs (state, run_id);
CREATE INDEX jobs_by_target ON jobs (provider, model, run_id);

CREATE TABLE calls (
    id TEXT PRIMARY KEY,
    job_id TEXT NOT NULL REFERENCES jobs (id),
    run_id INTEGER NOT NULL REFERENCES runs (id),
    position INTEGER NOT NULL,
    state TEXT NOT NULL,
    owner TEXT,                            -- the process that works on it; NULL once it is final
    value TEXT NOT NULL,                   -- Call without its exchange
    UNIQUE (job_id, position)
) STRICT;
CREATE INDEX calls_by_run ON calls (run_id);
CREATE INDEX calls_by_owner ON calls (owner) WHERE owner IS NOT NULL;
CREATE INDEX calls_by_state ON calls (state);

-- Bulky and read only by the details panel, hence apart.
CREATE TABLE exchanges (
    call_id TEXT PRIMARY KEY REFERENCES calls (id),
    value TEXT NOT NULL
) STRICT;

-- What came of it ----------------------------------------------------------------------------------------------

-- One row for each file; several images share it when a run was answered from the cache.
CREATE TABLE files (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE,             -- relative to the workspace, forward slashes
    blob TEXT NOT NULL,
    size_bytes INTEGER NOT NULL,
    facts TEXT NOT NULL,                   -- ImageFacts
    missing INTEGER NOT NULL DEFAULT 0,
    altered_at INTEGER,                    -- when another program was found to have changed the file
    look_hash INTEGER,                     -- 64-bit dHash as a signed integer; NULL until it was looked at
    look_colour INTEGER,                   -- average colour: Oklab in hundredths, ten bits each, plus 512
    look_state INTEGER NOT NULL DEFAULT 0  -- 0 not looked at yet, 1 looked at, 2 cannot be decoded
) STRICT;
CREATE INDEX files_by_blob ON files (blob);
CREATE INDEX files_missing ON files (id) WHERE missing = 1;
CREATE INDEX files_unseen ON files (id) WHERE look_state = 0;

-- Files in the images folder that were read and are no image of the library, so that they are not read at each start.
CREATE TABLE set_aside (
    path TEXT PRIMARY KEY,
    size_bytes INTEGER NOT NULL,
    modified_ns INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The number of an image is its time: seconds since 2000, times 1024, plus a counter. So the order of numbers is the
-- order of time in the table, in the search index and after a rebuild, and pages need no further index.
CREATE TABLE images (
    id INTEGER PRIMARY KEY,
    run_id INTEGER NOT NULL REFERENCES runs (id),
    job_id TEXT NOT NULL REFERENCES jobs (id),
    call_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    file_id INTEGER NOT NULL REFERENCES files (id),
    prompt_id INTEGER NOT NULL REFERENCES prompts (id),
    provider TEXT NOT NULL,
    model TEXT NOT NULL,
    width INTEGER NOT NULL,                -- those of its file, here for filters that read nothing else
    height INTEGER NOT NULL,
    seed INTEGER,
    cost INTEGER,                          -- that of its job, per image
    rating INTEGER NOT NULL DEFAULT 0 CHECK (rating BETWEEN 0 AND 5),
    rejected INTEGER NOT NULL DEFAULT 0,
    whole_grid INTEGER NOT NULL DEFAULT 0,
    cached_from INTEGER,
    cut_from INTEGER,                      -- the sheet that this image was cut from
    created_at INTEGER NOT NULL,
    trashed_at INTEGER
) STRICT;
CREATE INDEX images_listed ON images (id) WHERE trashed_at IS NULL AND whole_grid = 0;
CREATE INDEX images_by_run ON images (run_id, job_id, position);
CREATE INDEX images_by_job ON images (job_id, position);
CREATE INDEX images_by_file ON images (file_id);
CREATE INDEX images_by_prompt ON images (prompt_id);
CREATE INDEX images_by_rating ON images (rating, id) WHERE trashed_at IS NULL AND whole_grid = 0;
CREATE INDEX images_by_provider ON images (provider, model, id DESC) WHERE trashed_at IS NULL AND whole_grid = 0;
CREATE INDEX images_by_model ON images (model, provider, id DESC) WHERE trashed_at IS NULL AND whole_grid = 0;
CREATE INDEX images_by_size ON images (width, height) WHERE trashed_at IS NULL AND whole_grid = 0;
CREATE INDEX images_by_cost ON images (cost) WHERE cost IS NOT NULL;
CREATE INDEX images_by_seed ON images (seed) WHERE seed IS NOT NULL;
CREATE INDEX images_rejected ON images (id) WHERE rejected = 1;
CREATE INDEX images_trashed ON images (trashed_at) WHERE trashed_at IS NOT NULL;

-- Apart from `images`, so that a filter over 100 000 images reads narrow rows.
CREATE TABLE image_words (
    image_id INTEGER PRIMARY KEY REFERENCES images (id) ON DELETE CASCADE,
    image_url TEXT,
    revised_prompt TEXT,
    note TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE image_tags (
    tag TEXT NOT NULL COLLATE NOCASE,
    image_id INTEGER NOT NULL REFERENCES images (id) ON DELETE CASCADE,
    PRIMARY KEY (tag, image_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX image_tags_by_image ON image_tags (image_id);

-- Search -------------------------------------------------------------------------------------------------------
-- One document for each image and one for each run (a run that failed has no image). Three characters and more are
-- found by trigram; one or two, which is a whole word in Chinese, by an index of single characters and pairs.

CREATE VIRTUAL TABLE image_search USING fts5 (words, content='', contentless_delete=1, tokenize='trigram');
CREATE VIRTUAL TABLE image_grams USING fts5 (grams, content='', contentless_delete=1, detail=none, tokenize='ascii');
CREATE VIRTUAL TABLE run_search USING fts5 (words, content='', contentless_delete=1, tokenize='trigram');
CREATE VIRTUAL TABLE run_grams USING fts5 (grams, content='', contentless_delete=1, detail=none, tokenize='ascii');
CREATE VIRTUAL TABLE prompt_search USING fts5 (words, content='', contentless_delete=1, tokenize='trigram');
CREATE VIRTUAL TABLE prompt_grams USING fts5 (grams, content='', contentless_delete=1, detail=none, tokenize='ascii');

-- Looks --------------------------------------------------------------------------------------------------------

-- The main colours of a file in Oklab, in hundredths; `cell` is a coarse cube of that space, for finding neighbours.
CREATE TABLE file_colours (
    cell INTEGER NOT NULL,
    file_id INTEGER NOT NULL REFERENCES files (id) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    share INTEGER NOT NULL,                -- per cent of the picture
    lightness INTEGER NOT NULL,
    green_red INTEGER NOT NULL,
    blue_yellow INTEGER NOT NULL,
    PRIMARY KEY (cell, file_id, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX file_colours_by_file ON file_colours (file_id);

-- Four 16-bit parts of the dHash: two hashes that differ in few bits are almost equal in at least one part.
CREATE TABLE look_parts (
    part INTEGER NOT NULL,                 -- place (0 to 3) * 65536 + value
    file_id INTEGER NOT NULL REFERENCES files (id) ON DELETE CASCADE,
    PRIMARY KEY (part, file_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX look_parts_by_file ON look_parts (file_id);

-- Order in the user's things -----------------------------------------------------------------------------------

CREATE TABLE collections (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE COLLATE NOCASE,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE collection_images (
    collection_id INTEGER NOT NULL REFERENCES collections (id) ON DELETE CASCADE,
    image_id INTEGER NOT NULL REFERENCES images (id) ON DELETE CASCADE,
    added_at INTEGER NOT NULL,
    PRIMARY KEY (collection_id, image_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX collection_images_by_image ON collection_images (image_id);

CREATE TABLE phrases (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL CHECK (kind IN ('snippet', 'style')),
    name TEXT NOT NULL COLLATE NOCASE,
    text TEXT NOT NULL,
    changed_at INTEGER NOT NULL,
    UNIQUE (kind, name)
) STRICT;

CREATE TABLE votes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    cast_at INTEGER NOT NULL,
    brief TEXT NOT NULL,
    left_image_id INTEGER NOT NULL,
    right_image_id INTEGER NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('left', 'right', 'tie', 'neither'))
) STRICT;
CREATE INDEX votes_by_brief ON votes (brief, id);

-- Money --------------------------------------------------------------------------------------------------------

CREATE TABLE ledger (
    call_id TEXT PRIMARY KEY,
    run_id INTEGER NOT NULL,
    provider TEXT NOT NULL,
    account TEXT NOT NULL,
    reserved_at INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('reserved', 'billed', 'unsure', 'released')),
    amount TEXT,                           -- Money as it was told; NULL when nobody knows a price
    nano_usd INTEGER                       -- the same in billionths of a dollar; NULL without price or rate
) STRICT;
CREATE INDEX ledger_by_time ON ledger (reserved_at);
CREATE INDEX ledger_by_run ON ledger (run_id);
"""

SWEEPS = """
-- AUTOINCREMENT: runs name their sweep by its number.
CREATE TABLE sweeps (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    created_at INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('running', 'paused', 'done', 'stopped')),
    reason TEXT NOT NULL DEFAULT '',       -- Problem because of which it paused
    owner TEXT,                            -- the process that works on it
    value TEXT NOT NULL                    -- SweepRecord as it was asked for
) STRICT;

ALTER TABLE runs ADD COLUMN sweep_id INTEGER;
CREATE INDEX runs_by_sweep ON runs (sweep_id, id) WHERE sweep_id IS NOT NULL;
"""

LIBRARY_HISTORY = """
-- What can be taken back (done) and done again (undone), the newest last in each line. No part of the record files.
CREATE TABLE library_history (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    owner TEXT NOT NULL,                   -- the process that made it or took it over
    line TEXT NOT NULL CHECK (line IN ('done', 'undone')),
    made_at INTEGER NOT NULL,
    deed TEXT NOT NULL,                    -- Deed
    joins TEXT NOT NULL,
    steps TEXT NOT NULL,                   -- steps of `changes`: the way back, or forth again
    size_bytes INTEGER NOT NULL,           -- of the steps
    taken_over INTEGER NOT NULL
) STRICT;
CREATE INDEX library_history_by_line ON library_history (owner, line, id);
"""
