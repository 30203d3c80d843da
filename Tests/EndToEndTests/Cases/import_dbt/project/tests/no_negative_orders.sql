{{ config(severity = 'error') }}
select * from {{ ref('orders') }} where amount < 0
