-- A dump that nobody made anew. Spellings of one type, casts of defaults and indexes for keys are no difference.
CREATE TABLE public.users (
    id bigint NOT NULL,
    email character varying(200) NOT NULL,
    active boolean DEFAULT true NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);
ALTER TABLE ONLY public.users ADD CONSTRAINT users_pkey PRIMARY KEY (id);
CREATE UNIQUE INDEX users_email ON public.users USING btree (email);

CREATE TABLE public.orders (
    id bigint NOT NULL PRIMARY KEY,
    user_id bigint NOT NULL,
    total text NOT NULL, -- want schema-source-drift "type of \"total\" is text here, NUMERIC there"
    note text
);

CREATE TABLE public.payments (
    id bigint NOT NULL PRIMARY KEY,
    order_id bigint NOT NULL,
    paid_at timestamp with time zone
);

CREATE TABLE public.schema_migrations (version character varying(128) NOT NULL PRIMARY KEY);
