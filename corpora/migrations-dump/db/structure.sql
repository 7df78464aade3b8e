--
-- PostgreSQL database dump
--
\restrict k3yWithoutMeaning

SET statement_timeout = 0;
SELECT pg_catalog.set_config('search_path', '', false);
CREATE SCHEMA billing;
CREATE TYPE public.order_status AS ENUM (
    'draft',
    'sent'
);
CREATE TABLE public.users (
    id bigint NOT NULL,
    email character varying(255) NOT NULL,
    tags text[] DEFAULT '{}'::text[] NOT NULL,
    CONSTRAINT users_email_check CHECK (((email)::text <> ''::text))
);
ALTER TABLE public.users OWNER TO CURRENT_USER;
CREATE SEQUENCE public.users_id_seq START WITH 1 INCREMENT BY 1 NO MINVALUE NO MAXVALUE CACHE 1;
ALTER SEQUENCE public.users_id_seq OWNED BY public.users.id;
CREATE TABLE billing.orders (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    user_id bigint NOT NULL,
    status public.order_status DEFAULT 'draft'::public.order_status NOT NULL,
    kind text NOT NULL,
    CONSTRAINT orders_kind_check CHECK ((kind = ANY (ARRAY['web'::text, 'shop; floor'::text])))
);
ALTER TABLE ONLY public.users ALTER COLUMN id SET DEFAULT nextval('public.users_id_seq'::regclass);
COPY public.users (id, email, tags) FROM stdin;
1	ada@example.org; DROP TABLE users	{}
2	'unclosed	{}
\.
ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_pkey PRIMARY KEY (id);
ALTER TABLE ONLY billing.orders
    ADD CONSTRAINT orders_pkey PRIMARY KEY (id);
CREATE INDEX orders_kind_idx ON billing.orders USING btree (kind) WHERE (kind <> 'web'::text);
ALTER TABLE ONLY billing.orders
    ADD CONSTRAINT orders_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;

\unrestrict k3yWithoutMeaning
