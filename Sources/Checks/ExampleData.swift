package import StructuredSQL

/// The small database on which the docs' examples run: a shop with a few mistakes in its data.
package enum ExampleData {
    /// Statements for psql; times are relative to now.
    package static let script: SQL = """
        CREATE SCHEMA shop;

        CREATE TABLE shop.customers (
            customer_id int PRIMARY KEY, name text, email text, phone text, country text, iban text, born date, referred_by int,
            lat float8, lon float8);
        INSERT INTO shop.customers VALUES
            (1, 'Ada Lovelace', 'ada@example.com', '+442079460001', 'GB', 'GB82WEST12345698765432', '1990-12-10', NULL, 51.5074, -0.1278),
            (2, 'Grace Hopper ', 'grace@example.com', '+12025550101', 'US', NULL, '1986-12-09', 1, 40.7128, -74.0060),
            (3, '', 'alan@example', '020 7946 0002', 'UK', 'GB82WEST12345698765433', '1992-06-23', 1, 51.9977, -0.7407),
            (4, 'Edsger Dijkstra', 'EDSGER@example.com', NULL, 'NL', 'NL91ABNA0417164300', '2002-05-11', 5, 151.44, 5.48),
            (5, 'Barbara Liskov', NULL, '+16175550102', 'us', NULL, '1999-11-07', 4, 42.36, -71.09);

        CREATE TABLE shop.orders (
            order_id int, customer_id int, status text, amount numeric(10,2), discount numeric(10,2), total numeric,
            currency text, created_at timestamptz, shipped_at timestamptz, note text, tags text[], lines jsonb, gift boolean);
        INSERT INTO shop.orders VALUES
            (101, 1, 'paid', 20.00, 0, 20.00, 'EUR', now() - interval '8h', now() - interval '5h', 'leave at the door',
                '{new}', '[{"sku": "A1", "quantity": 2}]', false),
            (102, 2, 'shipped', 35.50, 5.50, 30.00, 'EUR', now() - interval '7h', now() - interval '6h', '  call first',
                '{new,gift}', '[{"sku": "B2", "quantity": 1}]', true),
            (103, 2, 'paid', -5.00, 0, -5.00, 'USD', now() - interval '6h', NULL, NULL, '{}', '[]', false),
            (104, 3, 'refunded', 49.99, 0, 49.99, 'usd', now() - interval '5h', now() - interval '4h', 'N/A', NULL, NULL, false),
            (105, 9, 'paid', 12.30, 0, 12.3, 'EUR', now() - interval '4h', now() - interval '6h', 'ok', '{vip}',
                '[{"sku": "A1", "quantity": "two"}]', NULL),
            (106, NULL, 'lost', 9500.00, 0, 9500.00, 'EUR', now() - interval '3h', NULL, '', '{new}', '[{"sku": "C3"}]', false),
            (107, 4, 'new', NULL, NULL, NULL, NULL, now() - interval '2h', NULL, 'Leave at the door', '{new}',
                '[{"sku": "B2", "quantity": 3}]', true),
            (107, 4, 'paid', 20.00, 0, 25.00, 'EUR', now() - interval '1h', NULL, '1 year', '{new}',
                '[{"sku": "A1", "quantity": 1}]', false);

        CREATE TABLE shop.prices (sku text, price numeric(8,2), valid_from date, valid_to date, during daterange);
        INSERT INTO shop.prices VALUES
            ('A1', 10.00, '2026-01-01', '2026-02-01', '[2026-01-01,2026-02-01)'),
            ('A1', 11.00, '2026-02-01', NULL, '[2026-02-01,)'),
            ('B2', 30.00, '2026-01-01', '2026-03-01', '[2026-01-01,2026-03-01)'),
            ('B2', 35.50, '2026-02-15', '2026-04-01', '[2026-02-15,2026-04-01)'),
            ('C3', 95.00, '2026-01-01', '2026-01-15', '[2026-01-01,2026-01-15)'),
            ('C3', 95.00, '2026-02-01', '2026-02-01', 'empty'),
            ('C3', 90.00, '2026-03-01', NULL, '[2026-03-01,)');

        CREATE TABLE shop.readings (sensor text, reading int, taken_on date, value float8, counter int);
        INSERT INTO shop.readings VALUES
            ('cellar', 1, '2026-01-01', 7.5, 100), ('cellar', 2, '2026-01-02', 7.5, 103), ('cellar', 3, '2026-01-03', 8.0, 103),
            ('cellar', 4, '2026-01-04', 7.0, 99), ('cellar', 6, '2026-01-06', 8.5, 108),
            ('roof', 1, '2026-01-01', 2.0, 5), ('roof', 2, '2026-01-02', 4.0, 6), ('roof', 3, '2026-01-03', 40.0, 7),
            ('roof', 4, '2026-01-04', 'NaN', 8), ('roof', 5, '2026-01-05', NULL, 9);

        CREATE TYPE shop.stage AS ENUM ('open', 'packed', 'sent');
        CREATE TABLE shop.events (
            event_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, stage shop.stage, happened_at timestamptz, payload text,
            detail jsonb, customer_id int NOT NULL);
        INSERT INTO shop.events (stage, happened_at, payload, detail, customer_id) VALUES
            ('open', '2026-01-01 09:00Z', '{"by": "web"}', '{"by": "web", "ip": "192.0.2.1"}', 1),
            ('packed', '2026-01-01 10:00Z', '{"by": web}', '{"by": "web"}', 1);
        ALTER TABLE shop.events ADD FOREIGN KEY (customer_id) REFERENCES shop.customers NOT VALID;
        GRANT SELECT ON shop.customers TO PUBLIC;

        CREATE TABLE shop.visits (visited_on date, page text, seen int) PARTITION BY RANGE (visited_on);
        CREATE TABLE shop.visits_2026_01 PARTITION OF shop.visits FOR VALUES FROM ('2026-01-01') TO ('2026-02-01');
        CREATE TABLE shop.visits_2026_03 PARTITION OF shop.visits FOR VALUES FROM ('2026-03-01') TO ('2026-04-01');
        CREATE TABLE shop.visits_rest PARTITION OF shop.visits DEFAULT;
        CREATE MATERIALIZED VIEW shop.totals AS SELECT currency, sum(amount) FROM shop.orders GROUP BY currency;
        INSERT INTO shop.visits VALUES ('2026-01-05', '/', 3), ('2026-02-10', '/cart', 1), ('2026-03-01', '/', 2)
        """
}
