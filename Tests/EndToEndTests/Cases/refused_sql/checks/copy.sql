-- check: copy
-- dataset: shop.orders
COPY shop.orders TO PROGRAM 'touch /tmp/owned'
