SELECT count(*), to_regclass('shop.copy') IS NULL FROM shop.orders
