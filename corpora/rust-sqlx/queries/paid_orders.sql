SELECT o.id, o.totl -- want missing-column "did you mean \"total\""
FROM orders o
WHERE o.status = 'paid' AND o.user_id = $1
