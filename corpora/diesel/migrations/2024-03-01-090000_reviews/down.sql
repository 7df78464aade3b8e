DROP TABLE feedback.reviews;
DROP SCHEMA feedback;
