"""Types that PostgreSQL's extensions bring: no migration but CREATE EXTENSION makes them.

Sources: PostgreSQL's documentation, appendix F (contrib); the documentation of PostGIS, pgvector, pgRouting, hll, roaringbitmap, semver, uint, ulid,
periods, pg_uuidv7, pgmq and TimescaleDB. This module does not know which extensions a database has.
"""

_TYPES = frozenset(
    """citext hstore ltree lquery ltxtquery cube seg ean13 isbn isbn13 ismn ismn13 issn issn13 upc earth lo query_int tablefunc_crosstab_2
    tablefunc_crosstab_3 tablefunc_crosstab_4 chkpass gbtreekey4 gbtreekey8 gbtreekey16 gbtreekey32 geometry geography box2d box2df box3d gidx raster
    rastbandarg geometry_dump geomval topogeometry spheroid vector halfvec sparsevec hll hll_hashval roaringbitmap roaringbitmap64 semver semverrange
    int1 uint1 uint2 uint4 uint8 int16 uint16 ulid tdigest tsquery_phrase bm25query bm25vector rum_distance_query h3index h3indexarray mac
    ip4 ip4r ip6 ip6r ipaddress iprange addr gtrgm tspan currency country debversion unit email uri url pgmq_message message_record queue_record
    unknown cstring oidvector int2vector pg_node_tree internal trigger event_trigger anyelement regexp""".split()  # noqa: SIM905 - a list of words reads best as words
)


def is_extension_type(name: str) -> bool:
    """Whether an extension, or the engine for its own use, has a type of this name."""
    return name.lower() in _TYPES
