# Functions of texts, as PostgreSQL has them; characters are code points, not UTF-16 units.
CREATE TABLE s(id INT, a TEXT, b TEXT);
= 0
INSERT INTO s VALUES (1, 'abc', 'b'), (2, NULL, 'b'), (3, 'a😀bß', NULL);
= 3
# Several calls of one function in one row, and NULL in, NULL out.
SELECT id, LENGTH(a), UPPER(a), LOWER(b), REVERSE(a), INITCAP(a), LEFT(a, 1), RIGHT(a, 2), LPAD(a, 5, '*'), RPAD(a, 5, '*'), REPEAT(a, 2), REPLACE(a, 'b', 'Z'), SUBSTRING(a FROM 2 FOR 2), POSITION(b IN a), STRPOS(a, b), ASCII(a) FROM s ORDER BY id;
> 1 | 3 | ABC | b | cba | Abc | a | bc | **abc | abc** | abcabc | aZc | bc | 2 | 2 | 97
> 2 | NULL | NULL | b | NULL | NULL | NULL | NULL | NULL | NULL | NULL | NULL | NULL | NULL | NULL | NULL
> 3 | 4 | A😀BSS | NULL | ßb😀a | A😀Bß | a | bß | *a😀bß | a😀bß* | a😀bßa😀bß | a😀Zß | 😀b | NULL | NULL | 97
SELECT CHAR_LENGTH('a😀b'), CHARACTER_LENGTH('😀'), LENGTH('😀'), OCTET_LENGTH('😀'), BIT_LENGTH('😀'), LENGTH(X'0102'), OCTET_LENGTH(X'0102');
> 3 | 1 | 1 | 4 | 32 | 2 | 2
SELECT SUBSTRING('a😀bc' FROM 2 FOR 1), SUBSTRING('a😀bc', 3), SUBSTRING('abc' FROM 0 FOR 2), SUBSTRING('abc' FROM -1 FOR 3), SUBSTRING('abc' FROM 5), SUBSTR('abc', 2, 1), SUBSTR('abc', 2);
> 😀 | bc | a | a |  | b | bc
SELECT OVERLAY('a😀bc' PLACING 'X' FROM 2 FOR 1), OVERLAY('abcdef' PLACING 'XX' FROM 3), UPPER('ß'), UPPER('ı'), INITCAP('hELLO wORLD-x élan'), REVERSE('a😀b'), LEFT('😀b', 1), RIGHT('b😀', 1);
> aXbc | abXXef | SS | I | Hello World-X Élan | b😀a | 😀 | 😀
SELECT LEFT('abc', -1), RIGHT('abc', -1), LEFT('abc', 10), RIGHT('abc', 10), LEFT('abc', 0), LPAD('abc', 2), LPAD('a', 4, 'xy'), RPAD('a', 4, 'xy'), RPAD('a', 3) || '|', LPAD('a', 3, ''), LPAD('a', -1, 'x');
> ab | bc | abc | abc |  | ab | xyxa | axyx | a  | | a | 
SELECT POSITION('b' IN 'abcb'), POSITION('b' IN 'abcb' FROM 3), POSITION('b' IN '😀b'), STRPOS('abc', 'z'), STRPOS('abc', ''), POSITION('' IN 'abc');
> 2 | 4 | 2 | 0 | 1 | 1
SELECT SPLIT_PART('a,b,c', ',', 1), SPLIT_PART('a,b,c', ',', -1), SPLIT_PART('a,b,c', ',', 4), SPLIT_PART('a--b', '--', 2), TRANSLATE('12345', '143', 'ax'), TRANSLATE('a😀', '😀', 'b'), REPLACE('abc', '', 'x');
> a | c |  | b | a2x5 | ab | abc
SELECT TRIM(BOTH 'x' FROM 'xxax'), TRIM(LEADING FROM '  a'), BTRIM('xyxaxyx', 'xy'), LTRIM('xxa', 'x'), RTRIM('axx', 'x'), LTRIM('  a'), RTRIM('a  ') || '|';
> a | a | a | a | a | a | a|
# CONCAT skips NULL, || does not.
SELECT CONCAT(a, b), a || b, CONCAT_WS('-', a, b, 'x') FROM s ORDER BY id;
> abcb | abcb | abc-b-x
> b | NULL | b-x
> a😀bß | NULL | a😀bß-x
SELECT STRING_AGG(a, ',' ORDER BY id DESC), LISTAGG(a, ',') WITHIN GROUP (ORDER BY id), STRING_AGG(DISTINCT b, ',') FROM s;
> a😀bß,abc | abc,a😀bß | b
SELECT MD5('a'), SHA1('a'), SHA256('a'), TO_HEX(255), TO_HEX(-1), ENCODE(X'616263', 'base64'), ENCODE(X'FF', 'hex'), DECODE('YWJj', 'base64'), QUOTE_LITERAL('it''s'), QUOTE_IDENT('a b'), QUOTE_IDENT('ab'), STARTS_WITH('abc', 'ab'), ENDS_WITH('abc', 'bc'), CHR(128512), ASCII('😀');
> 0cc175b9c0f1b6a831c399e269772661 | 86f7e437faa5a7fce15d1ddcb9eaeaea377667b8 | ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb | ff | ffffffff | YWJj | ff | 616263 | 'it''s' | "a b" | ab | true | true | 😀 | 128512
SELECT 'abc' ~ 'b.', 'abc' ~* 'B.', 'abc' !~ 'b', 'abc' !~* 'X', 'a😀c' LIKE 'a_c', 'abc' ILIKE 'A%', 'abc' SIMILAR TO '(a|b)bc', a ~ 'b', b ~ 'b' FROM s ORDER BY id;
> true | true | false | true | true | true | true | true | true
> true | true | false | true | true | true | true | NULL | true
> true | true | false | true | true | true | true | true | NULL
SELECT REGEXP_REPLACE('foobarbaz', 'b..', 'X'), REGEXP_REPLACE('foobarbaz', 'b..', 'X', 'g'), REGEXP_REPLACE('foobarbaz', 'b(..)', 'X\1Y', 'g'), REGEXP_REPLACE('aAa', 'A', '$', 'gi'), REGEXP_COUNT('abcb', 'b'), REGEXP_INSTR('😀b', 'b'), REGEXP_SUBSTR('abc', 'b.'), REGEXP_SUBSTR('abc', 'x'), REGEXP_LIKE('ABC', 'b', 'i');
> fooXbaz | fooXX | fooXarYXazY | $$$ | 2 | 2 | bc | NULL | true
SELECT LENGTH(GEN_RANDOM_UUID());
> 36
# What cannot be done has its SQLState.
SELECT SUBSTRING('abc' FROM 1 FOR -1);
! 22011 SUBSTRING of length -1; a length is 0 or more
SELECT SPLIT_PART('a', ',', 0);
! 22023 SPLIT_PART number 0; parts count from 1, or from -1 backward
SELECT CHR(0);
! 22023 CHR(0): no character has this code point
SELECT REGEXP_LIKE('abc', '(');
! 2201B '(' is no regular expression: Unclosed group at character 2
SELECT REGEXP_LIKE('abc', 'b', 'q');
! 22023 'q' is no flag of a regular expression; expected c, g, i, m,
SELECT REPEAT('ab', 2000000000);
! 54000 a text of 4000000000 characters; at most 268435456 are made
SELECT DECODE('zz', 'hex');
! 22023 DECODE: the text is not in hex
SELECT ENCODE(X'00', 'rot13');
! 22023 ENCODE format 'rot13'; expected hex or base64
# ESCAPE '' says that no character is one.
SELECT 'a\' LIKE '%\' ESCAPE '', 'x%' LIKE 'x\%' ESCAPE '', UPPER('a\') LIKE 'A\' ESCAPE '', 'a' NOT LIKE '\' ESCAPE '', 'A\' ILIKE 'a\' ESCAPE '';
> true | false | true | true | true
SELECT 'x%' LIKE 'x!%' ESCAPE '!', 'xy' LIKE 'x!%' ESCAPE '!';
> true | false
SELECT 'x%' LIKE 'x!%' ESCAPE '!!';
! 22019 one character
# Texts between dollars are what stands there.
SELECT $$it's; ? -- ok$$, $t$a $$ b$t$, $x$$x$, $$a.b$$, LENGTH($$a
b$$), $é1$q$é1$ || $$x$$;
> it's; ? -- ok | a $$ b |  | a.b | 3 | qx
SELECT $$abc;
! 42601 a closing $$ is missing
