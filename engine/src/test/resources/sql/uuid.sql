# UUIDs are 16 bytes, in the order in which they are printed; read as PostgreSQL reads them.
CREATE TABLE u(id UUID PRIMARY KEY, v VARCHAR, w UUID UNIQUE);
INSERT INTO u VALUES ('00112233-4455-6677-8899-AABBCCDDEEFF', 'x', NULL), ('{ffffffff-ffff-4fff-bfff-ffffffffffff}', 'y', NULL), ('0000000000000000000000000000000a', 'z', NULL);
SELECT * FROM u ORDER BY id;
> 00000000-0000-0000-0000-00000000000a | z | NULL
> 00112233-4455-6677-8899-aabbccddeeff | x | NULL
> ffffffff-ffff-4fff-bfff-ffffffffffff | y | NULL
SELECT * FROM u ORDER BY id DESC;
> ffffffff-ffff-4fff-bfff-ffffffffffff | y | NULL
> 00112233-4455-6677-8899-aabbccddeeff | x | NULL
> 00000000-0000-0000-0000-00000000000a | z | NULL
INSERT INTO u VALUES ('no', 'x', NULL);
! INVALID_VALUE 'no', expected a UUID, as in '00112233-4455-6677-8899-aabbccddeeff'
INSERT INTO u VALUES (7, 'x', NULL);
! INVALID_VALUE 7, expected a UUID, as in '00112233-4455-6677-8899-aabbccddeeff'
# Texts they are compared with are UUIDs, too.
SELECT v FROM u WHERE id = '00112233-4455-6677-8899-aabbccddeeff';
> x
SELECT v FROM u WHERE id = UUID '00112233-4455-6677-8899-aabbccddeeff';
> x
SELECT v FROM u WHERE id > '00112233-4455-6677-8899-aabbccddeeff';
> y
SELECT v FROM u WHERE id IN ('00112233-4455-6677-8899-aabbccddeeff', '0000000000000000000000000000000a');
> x
> z
SELECT v FROM u WHERE id = 'no';
! 22P02 'no' is no UUID; expected one as in '00112233-4455-6677-8899-aabbccddeeff'
# Casts.
SELECT CAST(id AS VARCHAR), CAST(id AS CHAR(36)), id || '' FROM u WHERE v = 'x';
> 00112233-4455-6677-8899-aabbccddeeff | 00112233-4455-6677-8899-aabbccddeeff | 00112233-4455-6677-8899-aabbccddeeff
SELECT CAST('00112233-4455-6677-8899-AABBCCDDEEFF' AS UUID), CAST('0000000000000000000000000000000a' AS UUID);
> 00112233-4455-6677-8899-aabbccddeeff | 00000000-0000-0000-0000-00000000000a
SELECT CAST('no' AS UUID);
! 22P02 'no' is no UUID; expected one as in '00112233-4455-6677-8899-aabbccddeeff'
SELECT CAST(v AS UUID) FROM u;
! 22P02 'x' is no UUID; expected one as in '00112233-4455-6677-8899-aabbccddeeff'
SELECT MIN(id), MAX(id), COUNT(DISTINCT id) FROM u;
> 00000000-0000-0000-0000-00000000000a | ffffffff-ffff-4fff-bfff-ffffffffffff | 3
SELECT id, count(*) FROM u GROUP BY id ORDER BY id;
> 00000000-0000-0000-0000-00000000000a | 1
> 00112233-4455-6677-8899-aabbccddeeff | 1
> ffffffff-ffff-4fff-bfff-ffffffffffff | 1
SELECT a.v, b.v FROM u a JOIN u b ON a.id = b.id ORDER BY a.v;
> x | x
> y | y
> z | z
# Random ones.
INSERT INTO u(id, v) VALUES (GEN_RANDOM_UUID(), 'r');
SELECT id IS NOT NULL FROM u WHERE v = 'r';
> true
# What follows asks for ranges of ids: the random one could lie in any.
DELETE FROM u WHERE v = 'r';
SELECT GEN_RANDOM_UUID() = GEN_RANDOM_UUID(), CHAR_LENGTH(CAST(RANDOM_UUID() AS VARCHAR));
> false | 36
SELECT UPPER(id) FROM u WHERE v = 'x';
> 00112233-4455-6677-8899-AABBCCDDEEFF
UPDATE u SET w = id WHERE v = 'x';
SELECT w FROM u WHERE w IS NOT NULL;
> 00112233-4455-6677-8899-aabbccddeeff
INSERT INTO u(id, v) SELECT w, 'again' FROM u WHERE w IS NOT NULL;
! NOT_UNIQUE PRIMARY KEY (id) of u: '00112233-4455-6677-8899-aabbccddeeff' is there already
SELECT id FROM u WHERE id BETWEEN '00000000-0000-0000-0000-000000000000' AND '0fffffff-ffff-ffff-ffff-ffffffffffff' ORDER BY id;
> 00000000-0000-0000-0000-00000000000a
> 00112233-4455-6677-8899-aabbccddeeff
CREATE TABLE d(id UUID DEFAULT GEN_RANDOM_UUID(), n INTEGER);
INSERT INTO d(n) VALUES (1), (2);
SELECT COUNT(DISTINCT id) FROM d;
> 2
# Unsigned numbers are those of tensors; only columns have them.
CREATE TABLE n(a TINYINT UNSIGNED, b SMALLINT UNSIGNED, c INTEGER UNSIGNED, d BIGINT UNSIGNED);
SELECT column_name, type FROM TABLE(versor.columns('n'));
> a | TENSOR(UINT8)
> b | TENSOR(UINT16)
> c | TENSOR(UINT32)
> d | TENSOR(UINT64)
INSERT INTO n VALUES (255, 65535, 4294967295, 18446744073709551615);
INSERT INTO n(a) VALUES (256);
! 22003 256 does not fit into UINT8, expected 0 to 255
INSERT INTO n(a) VALUES (-1);
! 22003 -1 does not fit into UINT8, expected 0 to 255
SELECT * FROM n;
> 255 | 65535 | 4294967295 | 18446744073709551615
SELECT CAST(300 AS TINYINT UNSIGNED);
! 0A000 no expression has the type UTINYINT, which only columns have; CAST to the next w
SELECT CAST(a AS SMALLINT UNSIGNED) FROM n;
! 0A000 no expression has the type USMALLINT, which only columns have; CAST to the next
# A name that is no type is never a text.
CREATE TABLE w(x FOO);
! 42704 no type FOO
CREATE TABLE w(x VARCHR(3));
! 42704 no type VARCHR; did you mean VARCHAR?
CREATE TABLE w(x INTEGR);
! 42704 no type INTEGR; did you mean INTEGER?
CREATE TABLE w(x UID);
! 42704 no type UID; did you mean UUID?
CREATE TABLE w(x SERIAL);
! 42704 no type SERIAL
CREATE TABLE w(x VARIANT);
! 0A000 no column can be of type VARIANT; lists are ARRAYs of one level, and JSON takes
CREATE TABLE w(x ANY);
! 0A000 no column can be of type ANY; lists are ARRAYs of one level, and JSON takes what
CREATE TABLE w(x GEOMETRY);
! 0A000 no column can be of type GEOMETRY; lists are ARRAYs of one level, and JSON takes
SELECT CAST(1 AS FOO);
! 42704 no type FOO
CREATE TABLE w(x VARCHR(3));
! 42704 no type VARCHR; did you mean VARCHAR?
CREATE TABLE w(x TENSR(FLOAT32, *));
! 42704 no type TENSR; did you mean TENSOR?
SELECT v FROM u WHERE id = '00112233-4455-6677-8899-AABBCCDDEEFF';
> x
SELECT v FROM u WHERE id = 'no';
! 22P02 'no' is no UUID; expected one as in '00112233-4455-6677-8899-aabbccddeeff'
SELECT v FROM u WHERE id <> '{00112233-4455-6677-8899-AABBCCDDEEFF}' AND v <> 'r' ORDER BY v;
> y
> z
SELECT v FROM u WHERE id BETWEEN '7fffffff-ffff-ffff-ffff-ffffffffffff' AND 'ffffffff-ffff-ffff-ffff-ffffffffffff' AND v <> 'r';
> y
SELECT v FROM u WHERE id IN ('00112233-4455-6677-8899-aabbccddeeff', '0000000000000000000000000000000a');
> x
> z
SELECT v FROM u WHERE id = CAST('00112233-4455-6677-8899-aabbccddeeff' AS UUID);
> x
SELECT id, ROW_NUMBER() OVER (ORDER BY id) FROM u WHERE v <> 'r';
> 00000000-0000-0000-0000-00000000000a | 1
> 00112233-4455-6677-8899-aabbccddeeff | 2
> ffffffff-ffff-4fff-bfff-ffffffffffff | 3
CREATE TABLE l(ids UUID ARRAY);
INSERT INTO l SELECT ARRAY_AGG(id) FROM u WHERE v = 'x';
SELECT ids, ids[1] FROM l;
> ["00112233-4455-6677-8899-aabbccddeeff"] | 00112233-4455-6677-8899-aabbccddeeff
SELECT COALESCE(w, id) FROM u WHERE v = 'x';
> 00112233-4455-6677-8899-aabbccddeeff
SELECT CASE WHEN v = 'x' THEN id ELSE UUID '00000000-0000-0000-0000-000000000001' END FROM u WHERE v = 'y';
> 00000000-0000-0000-0000-000000000001
