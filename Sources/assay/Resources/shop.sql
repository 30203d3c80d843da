-- The sample warehouse: a small shop, 90 days of orders, and one planted trouble of every kind.
--
-- Plain SQL for an empty UTF-8 database, PostgreSQL 14 or newer. Send it as one string, or run it with
-- `psql --single-transaction --file shop.sql`. It refuses to touch a database that has a schema `shop` or `ml`.
--
-- Every value is a hash of its row number, so each run gives the same rows; only the dates move with the clock.
-- First the warehouse as it should be, then the troubles, each one statement with the number of rows it spoils.
-- Order ids of different troubles end in different digits, so no row is spoiled twice.

SET LOCAL TimeZone = 'UTC';
SET LOCAL jit = off;

CREATE SCHEMA shop;
CREATE SCHEMA ml;

-- "Now", once for all statements: the 90 whole days before today, and today up to the last full hour.
CREATE TEMPORARY TABLE clock AS
SELECT date_trunc('hour', now())                     AS this_hour,
       date_trunc('day', now())                      AS today,
       date_trunc('day', now()) - interval '90 days' AS first_day;

-- A number in [0, 1) that looks random and is always the same for the same row and stream.
CREATE FUNCTION pg_temp.u(row_number bigint, stream bigint) RETURNS double precision
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN ((hashint8extended(row_number, stream) >> 11) & 9007199254740991)::double precision / 9007199254740992;

-- About standard normal: the sum of four uniform numbers.
CREATE FUNCTION pg_temp.bell(row_number bigint, stream bigint) RETURNS double precision
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (pg_temp.u(row_number, stream) + pg_temp.u(row_number, stream + 1)
          + pg_temp.u(row_number, stream + 2) + pg_temp.u(row_number, stream + 3) - 2) * 1.7320508;

----------------------------------------------------------------------------------------------------------------------
-- Customers: 20,000; 18,000 older than the orders, 2,000 who came during the 90 days
----------------------------------------------------------------------------------------------------------------------

CREATE TABLE shop.customers (
    customer_id bigint PRIMARY KEY,
    name        text,
    email       text,
    country     text,
    card_number text,
    last_ip     text,
    created_at  timestamptz NOT NULL
);

CREATE TEMPORARY TABLE people (country text, share_from float8, share_to float8, first_names text[], last_names text[]);

INSERT INTO people VALUES
('DE', 0.00, 0.24,
 '{Anna,Lukas,Marie,Jonas,Lena,Felix,Sophie,Paul,Clara,Moritz,Jana,Stefan}',
 '{Müller,Schmidt,Schneider,Fischer,Weber,Wagner,Becker,Hoffmann,Schäfer,Koch,Richter,Köhler}'),
('GB', 0.24, 0.42,
 '{Oliver,Amelia,George,Isla,Harry,Freya,Arthur,Emily,Callum,Poppy,Rhys,Nia}',
 '{Smith,Jones,Taylor,Brown,Davies,Evans,Wilson,Thomas,Walker,Hughes,Campbell,"O''Brien"}'),
('US', 0.42, 0.58,
 '{James,Ava,William,Mia,Henry,Harper,Elijah,Evelyn,Caleb,Grace,Marcus,Naomi}',
 '{Johnson,Williams,Miller,Garcia,Anderson,Moore,Jackson,Nguyen,Lee,Carter,Reed,Brooks}'),
('FR', 0.58, 0.71,
 '{Camille,Louis,Chloé,Hugo,Manon,Jules,Élise,Théo,Inès,Antoine,Margaux,Rémi}',
 '{Martin,Bernard,Dubois,Laurent,Moreau,Lefèvre,Girard,Roux,Fontaine,Chevalier,Besson,Rey}'),
('NL', 0.71, 0.81,
 '{Daan,Sanne,Bram,Fleur,Sem,Lotte,Thijs,Femke,Ruben,Anouk,Jasper,Maud}',
 '{"de Jong",Jansen,"de Vries","van Dijk",Bakker,Visser,Smit,Meijer,"van den Berg",Mulder,Bos,Vos}'),
('ES', 0.81, 0.89,
 '{Lucía,Hugo,Martina,Pablo,Carmen,Álvaro,Elena,Diego,Nuria,Javier,Inés,Sergio}',
 '{García,Fernández,Rodríguez,López,Martínez,Sánchez,Gómez,Ruiz,Navarro,Ortega,Molina,Vega}'),
('SE', 0.89, 0.95,
 '{Elsa,Oskar,Astrid,Nils,Maja,Axel,Ebba,Viktor,Saga,Lars,Linnéa,Björn}',
 '{Andersson,Johansson,Karlsson,Nilsson,Lindberg,Sjöberg,Öberg,Lundqvist,Holm,Åkesson,Ek,Wallin}'),
('PT', 0.95, 1.00,
 '{João,Beatriz,Tiago,Mariana,Rui,Inês,Gonçalo,Leonor,Nuno,Sofia,Duarte,Rita}',
 '{Silva,Santos,Ferreira,Costa,Pereira,Almeida,Carvalho,Ribeiro,Gonçalves,Lopes,Teixeira,Moura}');

INSERT INTO shop.customers
SELECT n,
       first_name || ' ' || last_name,
       translate(lower(first_name || '.' || last_name), 'áàãäåçéèêëíóöúü '' ', 'aaaaaceeeeioouu')
           || n || '@example.' || (ARRAY['com', 'org', 'net'])[1 + n % 3],
       country,
       '4242' || lpad(floor(pg_temp.u(n, 14) * 1e12)::bigint::text, 12, '0'),
       CASE n % 4   -- addresses reserved for documentation, so that nobody's own is in here
           WHEN 0 THEN '192.0.2.'    || 1 + n / 4 % 254
           WHEN 1 THEN '198.51.100.' || 1 + n / 4 % 254
           WHEN 2 THEN '203.0.113.'  || 1 + n / 4 % 254
           ELSE '2001:db8:' || to_hex(n / 256) || '::' || to_hex(1 + n % 256)
       END,
       date_trunc('second', CASE
           WHEN n <= 18000 THEN first_day - (18001 - n) / 18000.0 * interval '900 days'
           ELSE first_day + (n - 18000) / 2000.0 * (this_hour - first_day)
       END - pg_temp.u(n, 15) * interval '1 hour')
FROM generate_series(1, 20000) AS n
CROSS JOIN clock
JOIN people ON pg_temp.u(n, 11) >= share_from AND pg_temp.u(n, 11) < share_to
CROSS JOIN LATERAL (
    SELECT first_names[1 + floor(pg_temp.u(n, 12) * 12)::int] AS first_name,
           last_names[1 + floor(pg_temp.u(n, 13) * 12)::int]  AS last_name
) AS picked
ORDER BY n;

----------------------------------------------------------------------------------------------------------------------
-- Products: 240 in 8 categories; the foreign key is real, so that a check of it can be proved without reading a row
----------------------------------------------------------------------------------------------------------------------

CREATE TABLE shop.categories (
    category_id integer PRIMARY KEY,
    code        text NOT NULL,
    name        text NOT NULL
);

INSERT INTO shop.categories VALUES
(1, 'KIT', 'Kitchen'), (2, 'TEA', 'Coffee & Tea'), (3, 'LIV', 'Living'), (4, 'BED', 'Bed & Bath'),
(5, 'STA', 'Stationery'), (6, 'GAR', 'Garden'), (7, 'KID', 'Kids'), (8, 'BAG', 'Bags');

CREATE TABLE shop.products (
    product_id  integer PRIMARY KEY,
    sku         text,
    name        text,
    category_id integer REFERENCES shop.categories,
    price       numeric(8,2),
    image_url   text
);

INSERT INTO shop.products
SELECT n, code || '-' || lpad(n::text, 4, '0'), range_name || ' ' || item, category_id,
       round(list_price * range_factor) - 0.10,
       'https://img.example.com/' || lower(code) || '/' || n || '.jpg'
FROM (
    SELECT row_number() OVER (ORDER BY range_number, item_number) AS n, *
    FROM unnest(
        '{1,1,1,1,1,1,2,2,2,2,2,2,3,3,3,3,3,3,4,4,4,4,4,4,5,5,5,5,5,5,6,6,6,6,6,6,7,7,7,7,7,7,8,8,8,8,8,8}'::int[],
        '{Serving Board,Coffee Pot,Mixing Bowl,Pepper Mill,Chef''s Knife,Butter Dish,
          Espresso Beans,Earl Grey Tin,Pour-Over Kettle,Milk Frother,Cup and Saucer,Bean Grinder,
          Wool Throw,Linen Cushion,Table Lamp,Beeswax Candle,Wall Clock,Picture Frame,
          Duvet Cover,Pillow Case,Waffle Blanket,Bath Towel,Soap Dish,Bathrobe,
          Notebook,Fountain Pen,Desk Pad,Letter Set,Wall Calendar,Pencil Case,
          Watering Can,Plant Pot,Garden Trowel,Bird Feeder,Seed Box,Herb Scissors,
          Building Blocks,Picture Book,Rocking Horse,Jigsaw Puzzle,Night Light,Lunch Box,
          Canvas Tote,Backpack,Wash Bag,Card Holder,Weekender,Laptop Sleeve}'::text[],
        '{24,38,19,29,59,14, 13,8,46,22,12,64, 49,27,54,9,34,16, 69,14,58,21,7,52,
          8,32,18,11,13,10, 26,12,11,19,9,15, 28,12,94,16,20,14, 17,62,23,25,89,31}'::int[])
        WITH ORDINALITY AS items (category_id, item, list_price, item_number)
    CROSS JOIN (VALUES (1, 'Everyday', 0.8), (2, 'Classic', 1.0), (3, 'Nordic', 1.1), (4, 'Heritage', 1.2),
                       (5, 'Atelier', 1.25)) AS ranges (range_number, range_name, range_factor)
) AS items
JOIN shop.categories USING (category_id)
ORDER BY n;

----------------------------------------------------------------------------------------------------------------------
-- Orders: 200,000, numbered in the order of their time; evenings and weekdays are busy, nights are not
----------------------------------------------------------------------------------------------------------------------

-- No primary key, as in most warehouses: a bulk load into this table can go wrong, and further down it does.
CREATE TABLE shop.orders (
    order_id    bigint NOT NULL,
    customer_id bigint,
    product_id  integer,
    quantity    integer,
    amount      numeric(12,2),
    country     text,
    status      text,
    created_at  timestamptz NOT NULL,
    shipped_at  timestamptz
);

INSERT INTO shop.orders
WITH hours AS (
    SELECT hour,
           (ARRAY[100, 96, 97, 101, 112, 84, 78])[extract(isodow FROM hour)::int]
         * (ARRAY[8, 5, 3, 2, 2, 4, 10, 22, 36, 45, 50, 54, 60, 55, 48, 46, 48, 55, 66, 78, 84, 72, 44, 20])
           [1 + extract(hour FROM hour)::int]
         * (540 + (hour::date - first_day::date)) AS weight   -- the shop grows by a sixth in 90 days
    FROM clock, generate_series(first_day, this_hour - interval '1 hour', interval '1 hour') AS hour
), quotas AS (
    SELECT hour,
           200000 * (sum(weight) OVER (ORDER BY hour) - weight) / sum(weight) OVER () AS ids_from,
           200000 * sum(weight) OVER (ORDER BY hour) / sum(weight) OVER () AS ids_to
    FROM hours
), times AS (
    SELECT id, 200000 - id AS from_end,
           hour + floor((id - floor(ids_from) - 0.9 + 0.8 * pg_temp.u(id, 21))
                        / (floor(ids_to) - floor(ids_from)) * 3600) * interval '1 second' AS created_at
    FROM quotas, generate_series(floor(ids_from)::bigint + 1, floor(ids_to)::bigint) AS id
), picks AS (
    SELECT id, from_end, created_at, pg_temp.u(id, 25) AS u,
           1 + floor((18000 + 2000 * greatest(0, id / 200000.0 - 0.03))
                     * pg_temp.u(id, 22) ^ 1.6)::bigint AS customer_id,   -- some come back often
           1 + (floor(240 * pg_temp.u(id, 23) ^ 1.4)::int * 77 + 11) % 240 AS product_id,
           CASE WHEN q < 0.74 THEN 1 WHEN q < 0.92 THEN 2 WHEN q < 0.975 THEN 3
                WHEN q < 0.999 THEN 4 + (q * 1e5)::int % 7 ELSE 15 + (q * 1e7)::int % 40 END AS quantity
    FROM times CROSS JOIN LATERAL (SELECT pg_temp.u(id, 24) AS q) AS size
), stages AS (   -- the newest are not shipped yet
    SELECT *, CASE
        WHEN from_end < 3000 THEN CASE WHEN u < 0.25 THEN 'new' WHEN u < 0.95 THEN 'paid' ELSE 'cancelled' END
        WHEN from_end < 9000 THEN CASE WHEN u < 0.30 THEN 'paid' WHEN u < 0.95 THEN 'shipped' ELSE 'cancelled' END
        ELSE CASE WHEN u < 0.88 THEN 'delivered' WHEN u < 0.91 THEN 'shipped' WHEN u < 0.95 THEN 'refunded'
                  ELSE 'cancelled' END
    END AS status
    FROM picks
)
SELECT id, customer_id, product_id, quantity, quantity * price, country, status, s.created_at,
       CASE WHEN status IN ('shipped', 'delivered', 'refunded') THEN
           s.created_at + floor(7200 + pg_temp.u(id, 26) * CASE WHEN from_end < 9000 THEN 60000 ELSE 240000 END)
                          * interval '1 second'
       END
FROM stages AS s
JOIN shop.customers USING (customer_id)
JOIN shop.products USING (product_id)
ORDER BY id;

CREATE INDEX orders_created_at ON shop.orders (created_at);

----------------------------------------------------------------------------------------------------------------------
-- Payments, one for each order that was ever paid, and two aggregates: revenue by day, web traffic by hour
----------------------------------------------------------------------------------------------------------------------

CREATE TABLE shop.payments (
    payment_id text NOT NULL,
    order_id   bigint NOT NULL,
    method     text,
    amount     numeric(12,2),
    paid_at    timestamptz
);

INSERT INTO shop.payments
SELECT md5('payment ' || order_id)::uuid::text, order_id,
       CASE WHEN u < 0.58 THEN 'card' WHEN u < 0.83 THEN 'paypal' WHEN u < 0.93 THEN 'invoice' ELSE 'transfer' END,
       amount, least(created_at + (15 + floor(u * 1e6)::int % 180) * interval '1 second', this_hour)
FROM clock, shop.orders CROSS JOIN LATERAL (SELECT pg_temp.u(order_id, 31) AS u) AS choice
WHERE status NOT IN ('new', 'cancelled')
ORDER BY order_id;

-- The primary key proves uniqueness by itself.
CREATE TABLE shop.daily_revenue (
    day     date,
    country text,
    orders  integer,
    revenue numeric(14,2),
    PRIMARY KEY (day, country)
);

INSERT INTO shop.daily_revenue
SELECT created_at::date, country, count(*), sum(amount)
FROM shop.orders, clock
WHERE created_at < today AND status <> 'cancelled'
GROUP BY 1, 2
ORDER BY 1, 2;

CREATE TABLE shop.traffic (hour timestamptz, visits integer, page_load_ms integer);

INSERT INTO shop.traffic
SELECT this_hour - n * interval '1 hour',
       (90 + 900 * sin(pi() * extract(hour FROM this_hour - n * interval '1 hour')::float8 / 24) ^ 2
           + 120 * pg_temp.u(n, 41))::int,
       (410 + 35 * pg_temp.bell(n, 42))::int
FROM clock, generate_series(2160, 1, -1) AS n;

----------------------------------------------------------------------------------------------------------------------
-- Churn: what a champion (v1) and a challenger (v2) said 30 days ago, and who has left since
----------------------------------------------------------------------------------------------------------------------

CREATE TABLE ml.churned (customer_id bigint PRIMARY KEY, churned boolean NOT NULL);

CREATE TABLE ml.scores_v1 (
    customer_id bigint,
    scored_on   date,
    probability numeric(6,5) CHECK (probability >= 0 AND probability <= 1),
    loaded_at   timestamptz
);

CREATE TABLE ml.scores_v2 (customer_id bigint, scored_on date, probability numeric(6,5), loaded_at timestamptz);

-- Both see the same inclination to leave, the challenger through less noise.
INSERT INTO ml.churned
SELECT n, pg_temp.u(n, 55) < 1 / (1 + exp(1.5 - 1.6 * pg_temp.bell(n, 51))) FROM generate_series(1, 18000) AS n;

INSERT INTO ml.scores_v1
SELECT n, today::date - 30, 1 / (1 + exp(1.5 - 1.1 * pg_temp.bell(n, 51) - 0.9 * pg_temp.bell(n, 61))),
       this_hour - interval '1 hour'
FROM clock, generate_series(1, 18000) AS n;

-- TROUBLE a late feed: the challenger's scores are nine hours old, the champion's one.
INSERT INTO ml.scores_v2
SELECT n, today::date - 30, 1 / (1 + exp(1.5 - 1.5 * pg_temp.bell(n, 51) - 0.4 * pg_temp.bell(n, 71))),
       this_hour - interval '9 hours'
FROM clock, generate_series(1, 18000) AS n;

----------------------------------------------------------------------------------------------------------------------
-- The planted troubles
----------------------------------------------------------------------------------------------------------------------

-- TROUBLE wrong type: the staging table keeps amounts as text.
CREATE TABLE shop.staging_orders AS
SELECT order_id, amount::text AS amount, to_char(created_at, 'YYYY-MM-DD') AS ordered_on
FROM shop.orders WHERE order_id > 198000;

-- TROUBLE average moved: since the release 36 hours ago pages load three times as slowly.
UPDATE shop.traffic SET page_load_ms = 3 * page_load_ms FROM clock WHERE hour >= this_hour - interval '36 hours';

-- TROUBLE missing period: Portugal lacks one day; every other country has it.
DELETE FROM shop.daily_revenue USING clock WHERE country = 'PT' AND day = today::date - 33;

-- TROUBLE NULL in a mandatory column: 13 orders of nobody.
UPDATE shop.orders SET customer_id = NULL WHERE order_id % 10000 = 1101 AND order_id < 130000;

-- TROUBLE orphans: 17 orders of customers who do not exist.
UPDATE shop.orders SET customer_id = 900000 + order_id / 10000 WHERE order_id % 10000 = 2202 AND order_id < 170000;

-- TROUBLE unknown value: 9 orders are "shiped".
UPDATE shop.orders SET status = 'shiped' WHERE order_id IN (
    SELECT order_id FROM shop.orders WHERE order_id % 1000 = 303 AND status = 'shipped' ORDER BY order_id LIMIT 9);

-- TROUBLE out of range: 5 negative amounts, 2 that are no number, 1 absurd.
UPDATE shop.orders SET amount = -amount WHERE order_id % 10000 = 4404 AND order_id < 50000;
UPDATE shop.orders SET amount = 'NaN' WHERE order_id IN (75505, 145505);
UPDATE shop.orders SET amount = 99999999.99 WHERE order_id = 116606;

-- TROUBLE time travel: 14 orders left the house before they were placed.
UPDATE shop.orders SET shipped_at = created_at - interval '3 hours' WHERE order_id IN (
    SELECT order_id FROM shop.orders WHERE order_id % 1000 = 707 AND status = 'delivered'
    ORDER BY order_id DESC LIMIT 14);

-- TROUBLE clock skew: 5 orders from a web server whose clock is three days ahead.
UPDATE shop.orders SET created_at = created_at + interval '3 days' WHERE order_id > 199000 AND order_id % 200 = 8;

-- TROUBLE double load: 12 orders arrived twice, so 24 rows share their key with another.
INSERT INTO shop.orders SELECT * FROM shop.orders WHERE order_id BETWEEN 90910 AND 90921 ORDER BY order_id;

-- TROUBLE lost payments: 7 orders are paid, their payments are gone.
DELETE FROM shop.payments WHERE order_id IN (
    SELECT order_id FROM shop.orders
    WHERE order_id % 1000 = 12 AND order_id > 150000 AND status IN ('paid', 'shipped', 'delivered')
    ORDER BY order_id LIMIT 7);

-- TROUBLE double charge: 5 customers paid twice within seconds.
INSERT INTO shop.payments
SELECT md5('again ' || order_id)::uuid::text, order_id, method, amount, paid_at + interval '4 seconds'
FROM shop.payments WHERE order_id > 100000 AND order_id % 1000 = 13 AND method = 'card' ORDER BY order_id LIMIT 5;

-- TROUBLE malformed uuid: 3 payments, one of each sort.
UPDATE shop.payments SET payment_id = 'n/a' WHERE order_id = 60014;
UPDATE shop.payments SET payment_id = left(payment_id, 35) WHERE order_id = 61014;
UPDATE shop.payments SET payment_id = 'x' || right(payment_id, 35) WHERE order_id = 62014;

-- TROUBLE malformed url: 4 pictures nobody can load.
UPDATE shop.products SET image_url = 'n/a' WHERE product_id = 17;
UPDATE shop.products SET image_url = replace(image_url, 'https://', '') WHERE product_id = 58;
UPDATE shop.products SET image_url = replace(image_url, 'https:', 'https') WHERE product_id = 129;
UPDATE shop.products SET image_url = replace(image_url, '//', '// ') WHERE product_id = 203;

-- TROUBLE long names, worth a warning: 2 products that no shelf label can hold.
UPDATE shop.products SET name = name || ' (limited anniversary edition, gift wrapped)' WHERE product_id IN (88, 176);

-- TROUBLE missing e-mail, worth a warning: 120 customers without one.
UPDATE shop.customers SET email = NULL WHERE customer_id % 100 = 37 AND customer_id < 12000;

-- TROUBLE malformed e-mail: 11.
UPDATE shop.customers SET email = CASE customer_id % 3
    WHEN 0 THEN replace(email, '@', '')
    WHEN 1 THEN replace(email, '@', ' at ')
    ELSE split_part(email, '@', 1) || '@'
END WHERE customer_id % 1000 = 441 AND customer_id < 11000;

-- TROUBLE test accounts: 2.
UPDATE shop.customers SET name = 'Test Test', email = 'test@example.com' WHERE customer_id = 12345;
UPDATE shop.customers SET name = 'QA Robot', email = 'qa.robot@example.com' WHERE customer_id = 15001;

-- TROUBLE empty text: 4 names of no characters, 3 of spaces.
UPDATE shop.customers SET name = '' WHERE customer_id IN (512, 4096, 8191, 16384);
UPDATE shop.customers SET name = '   ' WHERE customer_id IN (777, 7777, 17777);

-- TROUBLE country codes that are none: 8.
UPDATE shop.customers SET country = CASE WHEN customer_id % 2 = 0 THEN lower(country) ELSE country || '.' END
WHERE customer_id % 2500 IN (1250, 1251) AND customer_id < 10000;

-- TROUBLE malformed ip: 3.
UPDATE shop.customers SET last_ip = 'unknown' WHERE customer_id = 2023;
UPDATE shop.customers SET last_ip = '192.0.2' WHERE customer_id = 6024;
UPDATE shop.customers SET last_ip = '203.0.113.300' WHERE customer_id = 14026;

-- TROUBLE hostile text: 1 name that would recolour a terminal and forge a line of its output.
UPDATE shop.customers
SET name = E'Zoë \x1b[31mÅngström\x1b[0m\nPASS  every check', email = 'zoe.angstrom13579@example.org', country = 'SE'
WHERE customer_id = 13579;

----------------------------------------------------------------------------------------------------------------------

DROP TABLE clock, people;
DROP FUNCTION pg_temp.bell(bigint, bigint);
DROP FUNCTION pg_temp.u(bigint, bigint);

ANALYZE shop.customers, shop.categories, shop.products, shop.orders, shop.payments, shop.daily_revenue, shop.traffic,
        shop.staging_orders, ml.churned, ml.scores_v1, ml.scores_v2;
