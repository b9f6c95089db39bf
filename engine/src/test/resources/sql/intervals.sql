# Intervals whose text names the units, as PostgreSQL writes them, beside the standard's.
SELECT INTERVAL '1 day', INTERVAL '90 minutes', INTERVAL '1 year 2 mons', INTERVAL '3 days 04:05:06.7';
> 1 day | 01:30:00 | 1 year 2 mons | 3 days 04:05:06.7
SELECT INTERVAL '-1 day', INTERVAL '1 day ago', - INTERVAL '1 hour', INTERVAL -'2 weeks', INTERVAL '1.5 hours', INTERVAL '2' DAY;
> -1 day | -1 day | -01:00:00 | -14 days | 01:30:00 | 2 days
SELECT TIMESTAMP '2020-01-31 10:00:00' + INTERVAL '1 day 2 hours', DATE '2020-01-31' + INTERVAL '1 month', DATE '2020-01-31' - INTERVAL '1 day';
> 2020-02-01 12:00:00 | 2020-02-29 | 2020-01-30
SELECT INTERVAL '1 mon 1 day';
! 42601 months and days
SELECT INTERVAL 'junk';
! 42601 expected a unit
SELECT INTERVAL '1 fortnight';
! 42601 expected a unit
SELECT INTERVAL '';
! 42601 expected a unit
SELECT INTERVAL '1.5 months';
! 42601 whole number of months
# A date and less than a day is a time of that day.
SELECT DATE '2020-01-31' + INTERVAL '1' HOUR, INTERVAL '25' HOUR + DATE '2020-01-31', DATE '2020-01-31' - INTERVAL '1' SECOND, DATE '2020-01-31' + INTERVAL '1' DAY;
> 2020-01-31 01:00:00 | 2020-02-01 01:00:00 | 2020-01-30 23:59:59 | 2020-02-01
CREATE TABLE d(x DATE);
INSERT INTO d VALUES (DATE '2020-01-31'), (NULL);
SELECT x + INTERVAL '1' MINUTE FROM d WHERE x + INTERVAL '1' MINUTE > TIMESTAMP '2020-01-31 00:00:30';
> 2020-01-31 00:01:00
# Times a number with a point.
SELECT INTERVAL '1' DAY * 1.5, 1.5 * INTERVAL '1' HOUR, INTERVAL '1' SECOND * 0.0000015, INTERVAL '1' HOUR / 2.5, INTERVAL '1' HOUR * CAST(NULL AS DECIMAL(5, 2));
> 1 day 12:00:00 | 01:30:00 | 00:00:00.000002 | 00:24:00 | NULL
# Months, so many times or so many parts: whole ones or an error, never cut.
SELECT INTERVAL '1' YEAR * 0.5, INTERVAL '4' MONTH * 1.5, 0.25 * INTERVAL '1' YEAR, INTERVAL '1-6' YEAR TO MONTH * 0.5, INTERVAL '2' MONTH * 1.5e0, INTERVAL '8' MONTH / 4, INTERVAL '1' YEAR / 1.5;
> 6 mons | 6 mons | 3 mons | 9 mons | 3 mons | 2 mons | 8 mons
SELECT DATE '2024-01-31' + INTERVAL '1' YEAR * x FROM (VALUES (0.5), (1.0)) AS t(x);
> 2024-07-31
> 2025-01-31
SELECT INTERVAL '1' MONTH * 1.5;
! 22008 1.5 months are no interval
SELECT INTERVAL '6' MONTH / 4;
! 22008 1.5 months are no interval
SELECT INTERVAL '1' MONTH * 1.5e0;
! 22008
SELECT INTERVAL '1' MONTH / 0;
! 22012
SELECT INTERVAL '1' YEAR * 1e9;
! 22008 longer than any is kept
# A text in the statement is cast to an interval; its units are in it.
SELECT '1 day'::interval, '1 year 2 mons'::interval, '04:05:06.7'::INTERVAL, 2 * '1 day'::interval, TIMESTAMP '2024-01-01 10:00:00' + '1 day 2 hours'::interval, DATE '2024-01-31' + '1 month'::interval;
> 1 day | 1 year 2 mons | 04:05:06.7 | 2 days | 2024-01-02 12:00:00 | 2024-02-29
SELECT '1'::interval;
! 42601 a unit behind it
SELECT x::interval FROM (VALUES ('1 day')) AS t(x);
! 42601 multiply one by a number
