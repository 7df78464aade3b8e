SELECT u.email, o.taxes -- want missing-column "taxes"
FROM users u
JOIN orders o ON o.user_id = u.id
