# Functions of numbers: exact where the numbers are, and an error where there is no number.
CREATE TABLE m(id INT, i INT, l BIGINT, x DOUBLE, r REAL, d DECIMAL(10, 2), e DECIMAL(38, 4));
= 0
INSERT INTO m VALUES (1, 2147483647, 9223372036854775807, 1.5, 2.5, 99999999.99, 12345678901234567890.1234), (2, -2147483648, -9223372036854775808, -2.5, -0.5, -0.05, -0.0001), (3, NULL, NULL, NULL, NULL, NULL, NULL);
= 3
# Halves are rounded away from zero; the result has as many digits as were asked for.
SELECT ROUND(2.5), ROUND(-2.5), ROUND(1.235, 2), ROUND(1235, -2), ROUND(2.5e0), ROUND(1.235e0, 2), TRUNC(2.7), TRUNC(-2.7), TRUNC(1.239, 2), TRUNC(1239, -2), TRUNC(-2.7e0), TRUNCATE(2.75, 1);
> 3 | -3 | 1.24 | 1200 | 3.0 | 1.24 | 2 | -2 | 1.23 | 1200 | -2.0 | 2.7
SELECT ROUND(d, 1), ROUND(d), ROUND(e, 2), TRUNC(d, 1), CEIL(d), FLOOR(d), ABS(d), CAST(d AS INT), CAST(x AS INT), CAST(r AS INT), CAST(d AS DECIMAL(11, 1)) FROM m ORDER BY id;
> 100000000.0 | 100000000 | 12345678901234567890.12 | 99999999.9 | 100000000 | 99999999 | 99999999.99 | 100000000 | 2 | 3 | 100000000.0
> -0.1 | 0 | 0.00 | 0.0 | 0 | -1 | 0.05 | 0 | -3 | -1 | -0.1
> NULL | NULL | NULL | NULL | NULL | NULL | NULL | NULL | NULL | NULL | NULL
SELECT CEIL(2.1), CEILING(-2.1), FLOOR(2.9), FLOOR(-2.1), CEIL(2.1e0), SIGN(-2), MOD(-5, 3), -5 % 3, MOD(5.5, 2), DIV(7, 2), DIV(-7, 2), GCD(12, 18), LCM(4, 6), FACTORIAL(5), FACTORIAL(33);
> 3 | -2 | 2 | -3 | 3.0 | -1 | -2 | -2 | 1.5 | 3 | -3 | 6 | 12 | 120 | 8683317618811886495518194401280000000
# Division of whole numbers drops the rest; of decimals it keeps six digits at least.
SELECT 7 / 2, -7 / 2, 7.0 / 2, 7 / 2.0, 1 / 3.0, 2.0 / 3, 0.1 + 0.2, 1.10 = 1.1, 9999999999999999999999999999999999999 * 10;
> 3 | -3 | 3.500000000000 | 3.500000 | 0.333333 | 0.666666666667 | 0.3 | true | 99999999999999999999999999999999999990
SELECT POWER(2, 10), POWER(2, 0.5), SQRT(4), CBRT(27), EXP(0), LN(1), LOG10(1000), LOG(100), LOG(2, 8), LOG2(8), DEGREES(PI()), ATAN2(0, 1), COSH(0), GREATEST(1, NULL, 3), LEAST(2, 1);
> 1024.0 | 1.4142135623730951 | 2.0 | 3.0 | 1.0 | 0.0 | 3.0 | 2.0 | 3.0 | 3.0 | 180.0 | 0.0 | 1.0 | 3 | 1
SELECT 5 & 3, 5 | 3, 5 ^ 3, 1 << 3, BITAND(5, 3), BITOR(5, 3), BITXOR(5, 3), BITNOT(5), 1 | 2 = 3;
> 1 | 7 | 6 | 8 | 1 | 7 | 6 | -6 | true
SELECT CAST(' 7 ' AS SMALLINT), CAST('12.345' AS DECIMAL(5, 2)), CAST('1.005' AS DECIMAL(3, 2)), CAST(-123.455 AS DECIMAL(5, 2)), CAST('1.5' AS REAL), CAST('NaN' AS DOUBLE), CAST('t' AS BOOLEAN), CAST('off' AS BOOLEAN);
> 7 | 12.35 | 1.01 | -123.46 | 1.5 | NaN | true | false
SELECT RANDOM() < 1, RAND_INTEGER(10) < 10;
> true | true
# Nothing wraps, and nothing becomes infinite.
SELECT LENGTH('a') + i FROM m WHERE id = 1;
! 22003 a number out of range: integer overflow
SELECT ABS(i), UPPER('a') FROM m WHERE id = 2;
! 22003 ABS(-2147483648) does not fit into INTEGER; cast it to BIGIN
SELECT ABS(l), UPPER('a') FROM m WHERE id = 2;
! 22003 ABS(-9223372036854775808) does not fit into BIGINT; cast it
SELECT ROUND(i, -1) FROM m WHERE id = 1;
! 22003 a number out of range: Value 2147483650 out of range
SELECT 1e308 * 10e0;
! 22003 1.0E308 * 10.0 does not fit into DOUBLE; cast an operand to
SELECT x * 1e308 * 10e0, UPPER('a') FROM m WHERE id = 1;
! 22003 1.5E308 * 10.0 does not fit into DOUBLE
SELECT r * CAST(3e38 AS REAL) FROM m WHERE id = 1;
! 22003 2.5 * 3.0E38 does not fit into REAL; cast an operand to a wi
SELECT 99999999999999999999999999999999999999 + 1;
! 22003 100000000000000000000000000000000000000 does not fit into DE
SELECT e * e FROM m WHERE id = 1;
! 22003 152415787532388367504952113427843743455.26722756 does not fi
SELECT CAST(1234.5 AS DECIMAL(3, 0));
! 22003 a number out of range: Value 1234.5 cannot be represented as
SELECT CAST(1e30 AS BIGINT);
! 22003 a number out of range: Overflow
SELECT CAST('99999999999' AS INT);
! 22003 a number out of range: Value 99999999999 out of range
SELECT CAST('1e400' AS DOUBLE);
! 22003 '1e400' does not fit into DOUBLE
SELECT EXP(1000);
! 22003 1000.0 as an exponent of e, plus 0.0 does not fit into DOUBL
SELECT POWER(10, 400);
! 22003 10.0 to the power of 400.0 does not fit into DOUBLE
SELECT FACTORIAL(34);
! 22003 FACTORIAL(34); expected 0 to 33
SELECT LCM(9223372036854775807, 2);
! 22003 LCM(9223372036854775807, 2) does not fit into BIGINT
SELECT DIV(-9223372036854775808, -1);
! 22003 -9223372036854775808 DIV -1 does not fit into BIGINT
SELECT 1.0 / 0;
! 22012 division by zero
SELECT x / 0, UPPER('a') FROM m WHERE id = 1;
! 22012 1.5 / 0.0: division by zero; use NULLIF(divisor, 0) for NULL
SELECT MOD(5, 0);
! 22012 5 MOD 0: division by zero; use NULLIF(divisor, 0) for NULL
SELECT COT(0);
! 22012 COT(0.0): division by zero; use NULLIF(divisor, 0) for NULL
SELECT SQRT(-1);
! 2201F SQRT(-1.0): a negative number has no square root
SELECT POWER(0, -1);
! 2201F POWER(0, -1.0): zero has no negative powers
SELECT POWER(-8, 1e0 / 3);
! 2201F POWER(-8.0, 0.3333333333333333): a negative number has whole
SELECT LN(0);
! 2201E the logarithm of 0.0; only positive numbers have one
SELECT LOG(2, -1);
! 2201E the logarithm of -1.0; only positive numbers have one
SELECT ASIN(2);
! 22003 ASIN(2.0); expected a number from -1 to 1
SELECT CAST('abc' AS INT);
! 22018 'abc' is no number
SELECT CAST('1.5' AS INT);
! 22018 '1.5' is no whole number
SELECT CAST('x' AS BOOLEAN);
! 22018 'x' is no BOOLEAN; expected true or false
# Texts in a pattern as numbers.
SELECT TO_NUMBER('12.34', '99.99'), TO_NUMBER('12,454.8-', '99G999D9S'), TO_NUMBER(' -7', '9'), TO_NUMBER('0012.5', '99.99'), TO_NUMBER(CAST(NULL AS VARCHAR), '9'), TO_NUMBER(TO_CHAR(-1234.5, '9,999.99'), '9,999.99');
> 12.34 | -12454.8 | -7 | 12.50 | NULL | -1234.50
SELECT TO_NUMBER('12.345', '99.99');
! 22018 '12.345' is no number in the pattern '99.99'
SELECT TO_NUMBER('123', '99');
! 22018 '123'
SELECT TO_NUMBER('1', 'xx');
! 22023 'xx' is no pattern of a number
VALUES (1e3, 1.5e-2, .5, 5., 1E+2);
> 1000.0 | 0.015 | 0.5 | 5 | 100.0
# In which of equal parts of a range a number lies.
SELECT WIDTH_BUCKET(5.35, 0.024, 10.06, 5), WIDTH_BUCKET(0, 1, 10, 3), WIDTH_BUCKET(1, 1, 10, 3), WIDTH_BUCKET(10, 1, 10, 3), WIDTH_BUCKET(2e0, 10, 1, 3), WIDTH_BUCKET(10, 10, 1, 3), WIDTH_BUCKET(11, 10, 1, 3), WIDTH_BUCKET(NULL, 1, 2, 3);
> 3 | 0 | 1 | 4 | 3 | 1 | 0 | NULL
SELECT WIDTH_BUCKET(CAST('Infinity' AS DOUBLE), 1, 2, 3), WIDTH_BUCKET(CAST('-Infinity' AS DOUBLE), 1, 2, 3), WIDTH_BUCKET(CAST('Infinity' AS DOUBLE), 2, 1, 3);
> 4 | 0 | 0
SELECT WIDTH_BUCKET(1, 1, 1, 3);
! 2201G
SELECT WIDTH_BUCKET(1, 1, 2, 0);
! 2201G WIDTH_BUCKET in 0 parts
SELECT WIDTH_BUCKET(CAST('NaN' AS DOUBLE), 1, 2, 3);
! 2201G
SELECT width_bucket FROM (SELECT 1 AS width_bucket) AS t;
> 1
