{{ config(materialized='table') }}

SELECT user_id, count(*) AS orders FROM {{ source('shop', 'orders') }} GROUP BY user_id
