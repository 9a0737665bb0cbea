-- Search: an inverted index in plain tables, the same on MariaDB and MySQL.  FULLTEXT of either knows words and
-- their beginnings, each its own stop words and shortest words, and reads every row of a frequent word; this
-- knows parts of words, one letter wrong, codes, and reads a row for 4096 records.  src/model/search_index.h
-- says how it is kept.  Everything here can be made anew: millwright reindex.

-- Every word that stands in a record, folded (rule/spelling.h).
CREATE TABLE search_word (
	id		BIGINT		NOT NULL AUTO_INCREMENT PRIMARY KEY,
	word		VARCHAR(40) COLLATE utf8mb4_bin NOT NULL UNIQUE,
	uses		BIGINT		NOT NULL DEFAULT 0	-- in about how many records; decides between words that fit
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- The word without its first letters, down to three: finds parts of words.
CREATE TABLE search_ending (
	ending		VARCHAR(40) COLLATE utf8mb4_bin NOT NULL,
	word_id		BIGINT		NOT NULL,
	PRIMARY KEY (ending, word_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- The word, and the word without one of its letters: two words that share one are a letter apart, or two.
CREATE TABLE search_typo (
	typo		VARCHAR(40) COLLATE utf8mb4_bin NOT NULL,
	word_id		BIGINT		NOT NULL,
	PRIMARY KEY (typo, word_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- Which records have a term: a set for each 4096 ids (rule/chunk.h).
CREATE TABLE search_posting (
	kind		TINYINT		NOT NULL,	-- 1 machine, 2 work order, 3 part, 4 person, 5 document
	term		BIGINT		NOT NULL,	-- a word's id, or what else is asked for: enum search_class
	chunk		BIGINT		NOT NULL,	-- id div 4096
	members		VARCHAR(683) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,	-- id mod 4096 of each, packed
	PRIMARY KEY (kind, term, chunk)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- What a record is found by now, so that a change takes out what is no longer there.
CREATE TABLE search_record (
	kind		TINYINT		NOT NULL,
	record_id	BIGINT		NOT NULL,
	terms		MEDIUMTEXT CHARACTER SET ascii COLLATE ascii_bin NOT NULL,	-- ascending, a blank between them
	PRIMARY KEY (kind, record_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- Records that changed and are to be read again.
CREATE TABLE search_todo (
	kind		TINYINT		NOT NULL,
	record_id	BIGINT		NOT NULL,
	PRIMARY KEY (kind, record_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

-- How far the walk over all records has come: it begins with what is here already.  Its row is the writers' lock.
CREATE TABLE search_progress (
	kind		TINYINT		NOT NULL PRIMARY KEY,
	last_id		BIGINT		NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

INSERT INTO search_progress (kind, last_id) VALUES (1, 0), (2, 0), (3, 0), (4, 0), (5, 0);

-- What a file says, as far as it is text: of .txt, .csv and .pdf.
CREATE TABLE file_text (
	file_id		BIGINT		NOT NULL PRIMARY KEY,
	state		VARCHAR(8)	NOT NULL DEFAULT 'WANTED' CHECK (state IN ('WANTED','MADE','FAILED')),
	lease_until	DATETIME(6)	NULL,			-- a job is reading it
	body		MEDIUMTEXT	NOT NULL,		-- its first megabyte
	KEY file_text_state (state, file_id),
	FOREIGN KEY (file_id) REFERENCES file (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
