# RETURNING gives back what an INSERT has stored: defaults, numbers, hidden columns, any expression.
CREATE TABLE pets(id INTEGER GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name TEXT NOT NULL, kind CLASS_LABEL('cat', 'dog'), age INTEGER DEFAULT 1 CHECK (age >= 0), v TENSOR(INT16, 2));
INSERT INTO pets (name, kind, v) VALUES ('tom', 'cat', ARRAY[1, 2]), ('rex', 'dog', NULL) RETURNING id, name || '!' AS tag, age + 1, LABEL_ID(kind), v, _index;
> 1 | tom! | 2 | 0 | [1, 2] | 0
> 2 | rex! | 2 | 1 | NULL | 1
INSERT INTO pets AS p (name) SELECT name || '2' FROM pets WHERE kind = 'dog' RETURNING *, p._index, p.id * 10;
> 3 | rex2 | NULL | 1 | NULL | 2 | 30
INSERT INTO pets (name) SELECT name FROM pets WHERE id > 99 RETURNING id;
# What else is asked is as it was before the statement.
INSERT INTO pets (name) VALUES ('bob') RETURNING (SELECT COUNT(*) FROM pets), (SELECT MAX(p.id) FROM pets p WHERE p.id < pets.id), id;
> 3 | 3 | 4
# An UPDATE gives back the rows as they are now.
UPDATE pets SET age = age + 10, name = UPPER(name) WHERE id < 3 RETURNING id, name, age, kind;
> 1 | TOM | 11 | cat
> 2 | REX | 11 | dog
UPDATE pets AS p SET age = p.id WHERE p.name LIKE 'rex%' RETURNING p.*;
> 3 | rex2 | NULL | 3 | NULL
UPDATE pets SET age = 0 WHERE id = 99 RETURNING id;
# A DELETE gives back what they were.
DELETE FROM pets WHERE id IN (2, 4) RETURNING id, name, _index;
> 2 | REX | 1
> 4 | bob | 3
DELETE FROM pets p WHERE p.id = 99 RETURNING p.id;
SELECT id, _index FROM pets;
> 1 | 0
> 3 | 1
# A statement that fails in what it returns has written nothing.
INSERT INTO pets (name, age) VALUES ('a', 1), ('b', 0) RETURNING 10 / age;
! 22012
UPDATE pets SET age = age - 3 WHERE id = 3 RETURNING 10 / age;
! 22012
DELETE FROM pets RETURNING 10 / (age - 3);
! 22012
SELECT id, name, age FROM pets;
> 1 | TOM | 11
> 3 | rex2 | 3
# With ON CONFLICT, the rows that were inserted or updated, in the order they were given.
CREATE TABLE words(word TEXT PRIMARY KEY, n INTEGER DEFAULT 1);
INSERT INTO words VALUES ('elk', 5), ('owl', 6), ('fox', 50);
INSERT INTO words AS w (word) VALUES ('yak'), ('owl'), ('fox'), ('ant'), ('elk') ON CONFLICT (word) DO UPDATE SET n = w.n + 1 WHERE w.n < 10 RETURNING word, n, w._index;
> yak | 1 | 3
> owl | 7 | 1
> ant | 1 | 4
> elk | 6 | 0
INSERT INTO words VALUES ('elk', 0), ('bee', 0) ON CONFLICT DO NOTHING RETURNING *;
> bee | 0
INSERT INTO words VALUES ('elk', 0) ON CONFLICT DO NOTHING RETURNING *;
# A key that moves, too; rows come back as the whole statement has left them.
INSERT INTO words VALUES ('elk', 1), ('elk', 2) ON CONFLICT (word) DO UPDATE SET word = 'moose' RETURNING word, n;
> moose | 6
> elk | 2
# In a transaction, and on another branch.
BEGIN;
INSERT INTO words VALUES ('bat', 1) RETURNING word;
> bat
UPDATE words SET n = n + 1 WHERE word = 'bat' RETURNING n;
> 2
DELETE FROM words WHERE word = 'bat' RETURNING n;
> 2
ROLLBACK;
COMMIT VERSION MESSAGE 'words';
CREATE BRANCH side;
UPDATE side.words SET n = 100 WHERE word = 'owl' RETURNING words.n, CURRENT_BRANCH();
> 100 | main
DELETE FROM side.words WHERE word = 'owl' RETURNING n, (SELECT n FROM main.words m WHERE m.word = words.word);
> 100 | 7
INSERT INTO main.words VALUES ('gnu', 8) RETURNING main.words.word, words.n;
> gnu | 8
# Row ids are those that rows keep.
INSERT INTO words VALUES ('emu', 3) RETURNING _rowid - (SELECT MAX(_rowid) FROM words);
> 1
# The word is reserved, as in PostgreSQL; conflict is not.
CREATE TABLE returning(a INTEGER);
! 42601 reserved
CREATE TABLE odd("returning" INTEGER, conflict INTEGER);
INSERT INTO odd VALUES (1, 2) RETURNING "returning" AS "returning", odd.conflict conflict;
> 1 | 2
INSERT INTO odd TABLE odd RETURNING conflict;
> 2
INSERT INTO odd SELECT o.conflict, 3 FROM odd o ORDER BY 1 LIMIT 1 RETURNING conflict, "returning";
> 3 | 2
# What is refused, and where.
INSERT INTO words VALUES ('x', 1) RETURNING;
! 42601
INSERT INTO words VALUES ('x', 1) RETURNING weight;
! 42703 weight
INSERT INTO words VALUES ('x', 1) ON CONFLICT DO NOTHING RETURNING excluded.n;
! 42P01 excluded
UPDATE words w SET n = 0 RETURNING words.n;
! 42P01 words
DELETE FROM words RETURNING COUNT(*);
! 42803
UPDATE words SET n = 0 RETURNING n FROM words;
! 42601
SELECT COUNT(*) FROM words WHERE word = 'x' OR n = 0;
> 1
