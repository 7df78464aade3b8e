CREATE TABLE events (id BIGINT NOT NULL, day DATE NOT NULL) PARTITION BY HASH (id);

-- Nobody knows what the statement it puts together will say; its argument says what it is about.
CREATE FUNCTION make_partitions(parent TEXT, parts INT) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    FOR part IN 0..parts - 1 LOOP
        EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES WITH (MODULUS %s, REMAINDER %s)', parent || '_' || part, parent, parts, part);
    END LOOP;
END;
$$;
SELECT make_partitions('events'::TEXT, 2);
