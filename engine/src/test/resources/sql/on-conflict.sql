# ON CONFLICT DO UPDATE: EXCLUDED is the row that was proposed, the table's name the row that is there.
CREATE TABLE stock(item TEXT PRIMARY KEY, amount INTEGER DEFAULT 1 CHECK (amount >= 0), code INTEGER UNIQUE, note TEXT NOT NULL DEFAULT 'new');
INSERT INTO stock VALUES ('nail', 1, 10, 'x'), ('bolt', 2, 20, 'y');
INSERT INTO stock VALUES ('nail', 5, 10, 'z'), ('gear', 3, 30, 'w')
  ON CONFLICT (item) DO UPDATE SET amount = stock.amount + EXCLUDED.amount, note = EXCLUDED.note || stock.note;
= 2
SELECT * FROM stock;
> nail | 6 | 10 | zx
> bolt | 2 | 20 | y
> gear | 3 | 30 | w
# An alias takes the place of the table's name; columns are given as elsewhere.
INSERT INTO stock AS s (item, amount) VALUES ('bolt', 40), ('hook', DEFAULT)
  ON CONFLICT (item) DO UPDATE SET amount = s.amount + excluded.amount, code = DEFAULT;
= 2
SELECT item, amount, code, note FROM stock WHERE item IN ('bolt', 'hook') ORDER BY item;
> bolt | 42 | NULL | y
> hook | 1 | NULL | new
# Only rows where the condition holds are updated, and counted; a key may be named by its constraint.
INSERT INTO stock (item, amount) VALUES ('bolt', 1), ('nail', 100)
  ON CONFLICT ON CONSTRAINT stock_pkey DO UPDATE SET amount = excluded.amount WHERE excluded.amount > stock.amount;
= 1
SELECT item, amount FROM stock WHERE item IN ('bolt', 'nail') ORDER BY item;
> bolt | 42
> nail | 100
# DO NOTHING leaves out what is there, of the key that is named or of any.
INSERT INTO stock (item) VALUES ('nail'), ('pin'), ('pin') ON CONFLICT (item) DO NOTHING;
= 1
INSERT INTO stock (item, code) VALUES ('clip', 10), ('nail', 99), ('cog', 70), ('ring', 70) ON CONFLICT DO NOTHING;
= 1
INSERT INTO stock (item, code) VALUES ('clip', 10) ON CONFLICT (item) DO NOTHING;
! NOT_UNIQUE UNIQUE (code) of stock: 10
INSERT INTO stock (item, code) VALUES ('nail', 11) ON CONFLICT (code) DO NOTHING;
! NOT_UNIQUE PRIMARY KEY (item) of stock: 'nail'
SELECT item, code FROM stock ORDER BY item;
> bolt | NULL
> cog | 70
> gear | 30
> hook | NULL
> nail | 10
> pin | NULL
# NULL is in nobody's way.
INSERT INTO stock (item, code) VALUES ('n1', NULL), ('n2', NULL) ON CONFLICT (code) DO UPDATE SET note = 'met';
= 2
INSERT INTO stock (item) VALUES (NULL) ON CONFLICT DO NOTHING;
! NOT_NULL item
DELETE FROM stock WHERE item IN ('n1', 'n2');
= 2
# A row is updated once, and not at all if the statement made it.
INSERT INTO stock (item) VALUES ('nail'), ('nail') ON CONFLICT (item) DO UPDATE SET amount = 0;
! 21000 a second time
INSERT INTO stock (item) VALUES ('new'), ('new') ON CONFLICT (item) DO UPDATE SET amount = 0;
! 21000 a second time
# Where the condition does not hold, a row was not updated.
INSERT INTO stock (item, amount) VALUES ('nail', 1), ('nail', 2) ON CONFLICT (item) DO UPDATE SET note = 'two' WHERE excluded.amount = 2;
= 1
INSERT INTO stock (item, amount) VALUES ('nail', 2), ('nail', 1) ON CONFLICT (item) DO UPDATE SET note = 'two' WHERE excluded.amount = 2;
! 21000 a second time
# What is proposed has to be right even if it is not stored; what it becomes, too.
INSERT INTO stock (item, amount) VALUES ('nail', -1) ON CONFLICT DO NOTHING;
! CHECK_VIOLATION amount = -1
INSERT INTO stock (item, note) VALUES ('nail', NULL) ON CONFLICT DO NOTHING;
! NOT_NULL note
INSERT INTO stock (item) VALUES ('nail') ON CONFLICT (item) DO UPDATE SET amount = excluded.amount - 5;
! CHECK_VIOLATION amount = -4
INSERT INTO stock (item) VALUES ('nail') ON CONFLICT (item) DO UPDATE SET note = NULL;
! NOT_NULL note
INSERT INTO stock (item) VALUES ('nail') ON CONFLICT (item) DO UPDATE SET code = 30;
! NOT_UNIQUE UNIQUE (code) of stock: 30
SELECT * FROM stock WHERE item = 'nail';
> nail | 100 | 10 | two
# The key that is looked at may be updated, and given again to another row.
CREATE TABLE pairs(a INTEGER, b INTEGER, c TEXT, UNIQUE (a, b));
INSERT INTO pairs VALUES (1, 1, 'x'), (2, 2, 'y');
INSERT INTO pairs VALUES (1, 1, 'p'), (1, 1, 'q') ON CONFLICT (b, a) DO UPDATE SET a = 9, c = excluded.c;
= 2
SELECT * FROM pairs;
> 9 | 1 | p
> 2 | 2 | y
> 1 | 1 | q
INSERT INTO pairs VALUES (9, 1, 'r'), (7, 1, 's') ON CONFLICT (a, b) DO UPDATE SET a = 7;
! 21000 a second time
INSERT INTO pairs VALUES (9, 1, 'r') ON CONFLICT (a, b) DO UPDATE SET a = 2, b = 2;
! NOT_UNIQUE UNIQUE (a, b) of pairs: 2, 2
INSERT INTO pairs VALUES (2, 2, 'r'), (9, 1, 's') ON CONFLICT (a, b) DO UPDATE SET a = 20 - pairs.a, c = excluded.c;
= 2
SELECT * FROM pairs ORDER BY c;
> 1 | 1 | q
> 18 | 2 | r
> 11 | 1 | s
# The rows may come from a query, of the same table too, and values may ask anything.
INSERT INTO pairs SELECT a, b, c || '!' FROM pairs UNION ALL SELECT 5, 5, 'five'
  ON CONFLICT (a, b) DO UPDATE SET c = (SELECT MAX(c) FROM pairs) || CASE WHEN EXISTS (SELECT 1 FROM stock WHERE code = excluded.a * 10) THEN excluded.c ELSE '' END;
= 4
SELECT * FROM pairs ORDER BY a;
> 1 | 1 | sq!
> 5 | 5 | five
> 11 | 1 | s
> 18 | 2 | s
# Identity columns draw a number for each row that is proposed, as PostgreSQL does.
CREATE TABLE people(id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, mail TEXT UNIQUE, visits INTEGER DEFAULT 1);
INSERT INTO people (mail) VALUES ('a'), ('b') ON CONFLICT (mail) DO UPDATE SET visits = people.visits + 1;
= 2
INSERT INTO people (mail) VALUES ('a'), ('c') ON CONFLICT (mail) DO UPDATE SET visits = people.visits + 1;
= 2
SELECT * FROM people ORDER BY id;
> 1 | a | 2
> 2 | b | 1
> 4 | c | 1
INSERT INTO people (mail) VALUES ('a') ON CONFLICT (mail) DO UPDATE SET id = 8;
! 428C9
INSERT INTO people OVERRIDING SYSTEM VALUE VALUES (1, 'd', 1) ON CONFLICT (id) DO UPDATE SET mail = excluded.mail;
= 1
INSERT INTO people DEFAULT VALUES ON CONFLICT DO NOTHING;
= 1
# Tensors, class labels and lists pass through, LABEL_ID too.
CREATE TABLE animals(name TEXT PRIMARY KEY, kind CLASS_LABEL('cat', 'dog'), v TENSOR(INT16, 2), tags TEXT ARRAY, n INTEGER);
INSERT INTO animals VALUES ('tom', 'cat', ARRAY[1, 2], ARRAY['a'], 0);
INSERT INTO animals VALUES ('rex', 'cat', ARRAY[1, 1], NULL, 0), ('tom', 'dog', ARRAY[3, 4], ARRAY['b', NULL], 0)
  ON CONFLICT (name) DO UPDATE SET v = animals.v + excluded.v, kind = excluded.kind, tags = excluded.tags, n = LABEL_ID(excluded.kind) * 10 + LABEL_ID(animals.kind);
= 2
SELECT * FROM animals ORDER BY name DESC;
> tom | dog | [4, 6] | ["b",null] | 10
> rex | cat | [1, 1] | NULL | 0
# In a transaction, a statement sees the rows of those before it, and those that are gone.
BEGIN;
INSERT INTO animals (name, n) VALUES ('bob', 1);
INSERT INTO animals (name, n) VALUES ('bob', 2), ('tom', 3) ON CONFLICT (name) DO UPDATE SET n = animals.n + excluded.n;
= 2
DELETE FROM animals WHERE name = 'tom';
INSERT INTO animals (name, n) VALUES ('bob', 4), ('tom', 5) ON CONFLICT (name) DO UPDATE SET n = animals.n + excluded.n;
= 2
UPDATE animals SET name = 'bobby' WHERE name = 'bob';
INSERT INTO animals (name, n) VALUES ('bob', 6), ('bobby', 10) ON CONFLICT (name) DO UPDATE SET n = animals.n + excluded.n;
= 2
COMMIT;
SELECT name, n FROM animals ORDER BY name;
> bob | 6
> bobby | 17
> rex | 0
> tom | 5
# Other branches are written by their names.
COMMIT VERSION MESSAGE 'animals';
CREATE BRANCH side;
INSERT INTO side.animals (name, n) VALUES ('bob', 60), ('tim', 1) ON CONFLICT (name) DO UPDATE SET n = excluded.n;
= 2
SELECT s.name, s.n FROM side.animals s WHERE NOT EXISTS (SELECT 1 FROM main.animals m WHERE m.name = s.name AND m.n = s.n) ORDER BY 1;
> bob | 60
> tim | 1
INSERT INTO "main~0".animals (name) VALUES ('x') ON CONFLICT DO NOTHING;
! READ_ONLY
# Names may be written with their schema; ON CONFLICT behind a join is none of its conditions.
INSERT INTO main.stock (item, amount) VALUES ('pin', 3) ON CONFLICT (item) DO UPDATE SET amount = main.stock.amount + EXCLUDED.amount WHERE main.stock.item = 'pin';
= 1
INSERT INTO stock (item) SELECT a.item FROM stock a CROSS JOIN stock b ON CONFLICT DO NOTHING;
= 0
INSERT INTO stock (item) SELECT a.item FROM stock a JOIN stock b ON a.item = b.item ON CONFLICT (item) DO NOTHING;
= 0
# The words stay free.
CREATE TABLE conflict(conflict INTEGER PRIMARY KEY, nothing INTEGER);
INSERT INTO conflict AS conflict (conflict) VALUES (1) ON CONFLICT (conflict) DO UPDATE SET nothing = conflict.conflict;
= 1
CREATE TABLE excluded(id INTEGER PRIMARY KEY, n INTEGER);
INSERT INTO excluded VALUES (1, 1), (2, 2);
INSERT INTO excluded VALUES (1, 1) ON CONFLICT (id) DO UPDATE SET n = 3;
! 42712
INSERT INTO excluded AS e VALUES (1, 10) ON CONFLICT (id) DO UPDATE SET n = e.n + excluded.n;
= 1
SELECT * FROM excluded;
> 1 | 11
> 2 | 2
# What is refused, and where.
INSERT INTO stock (item) VALUES ('x') ON CONFLICT DO UPDATE SET amount = 1;
! 42601 names the key
INSERT INTO stock (item) VALUES ('x') ON CONFLICT (amount) DO NOTHING;
! 42P10 its keys: (item), (code)
INSERT INTO stock (item) VALUES ('x') ON CONFLICT (item, code) DO NOTHING;
! 42P10
INSERT INTO stock (item) VALUES ('x') ON CONFLICT (weight) DO NOTHING;
! 42703 weight
INSERT INTO stock (item) VALUES ('x') ON CONFLICT ON CONSTRAINT stock_pkez DO NOTHING;
! 42704 stock_pkey
INSERT INTO stock (item) VALUES ('x') ON CONFLICT ON CONSTRAINT stock_amount_check DO NOTHING;
! 42809 CHECK
INSERT INTO stock (item) VALUES ('x') ON CONFLICT (item) DO UPDATE SET amount = amount + 1;
! 42702
INSERT INTO stock (item) VALUES ('x') ON CONFLICT (item) DO UPDATE SET amount = 1, amount = 2;
! 42701 set twice
INSERT INTO stock (item) VALUES ('x') ON CONFLICT (item) DO UPDATE SET weight = 1;
! 42703 weight
INSERT INTO stock (item) VALUES ('x') ON CONFLICT (item) DO UPDATE SET amount = excluded.weight;
! 42703 weight
INSERT INTO stock AS s (item) VALUES ('x') ON CONFLICT (item) DO UPDATE SET amount = stock.amount;
! 42P01 stock
INSERT INTO stock (item) VALUES ('x') ON CONFLICT (item) DO UPDATE SET amount = 1 WHERE excluded.amount;
! 42804
INSERT INTO stock (item) VALUES ('x') ON CONFLICT (item) DO DELETE;
! 42601
INSERT INTO stock (item) VALUES ('nail') ON CONFLICT (item) DO UPDATE SET amount = 1 / (excluded.amount - 1);
! 22012
CREATE TABLE plain(a INTEGER);
INSERT INTO plain VALUES (1) ON CONFLICT (a) DO NOTHING;
! 42P10 which has none
INSERT INTO plain VALUES (1), (1) ON CONFLICT DO NOTHING;
= 2
