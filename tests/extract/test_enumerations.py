"""Closed sets of values in each language: what the members are in the database."""

import pytest

from tests.extract.javascript import facts as javascript
from tests.extract.python_source import facts as python
from tests.extract.rust_source import facts as rust

_AS_STR = (
    'impl State { pub fn as_str(&self) -> &str { match self { Self::Draft => "draft", State::SentOut => "sent" } } }'
)
_DISPLAY = 'impl fmt::Display for State { fn fmt(&self, f: &mut F) -> R { match self { Self::Draft => write!(f, "d"), Self::SentOut => f.write_str("s") } } }'
_FROM_STR = 'impl FromStr for State { fn from_str(s: &str) -> R { match s { "d" => Ok(Self::Draft), "s" => Ok(State::SentOut), _ => Err(E) } } }'
_LOOSE = 'impl State { fn from_db(s: &str) -> Self { match s { "d" | "draft" => Self::Draft, _ => Self::SentOut } } }'
_ENUM = "enum State { Draft, SentOut }"


@pytest.mark.parametrize(
    ("code", "values"),
    [
        ('#[derive(Debug, sqlx::Type)] #[sqlx(type_name = "state", rename_all = "snake_case")] ' + _ENUM, "draft sent_out"),
        ('#[derive(sqlx::Type)] #[sqlx(rename_all = "kebab-case")] enum State { #[sqlx(rename = "new")] Draft, HTTPOut }', "new http-out"),
        ("#[derive(Type)] #[repr(i16)] enum State { Draft = 1, Sent, Paid = 0x10 }", "1 2 16"),
        ("#[derive(sqlx::Type)] " + _ENUM, "Draft SentOut"),
        ('#[derive(Clone, ToSql, FromSql)] #[postgres(name = "state")] enum State { #[postgres(name = "DRAFT")] Draft, Sent }', "DRAFT Sent"),
        ('#[derive(Serialize)] #[serde(rename_all = "SCREAMING_SNAKE_CASE")] enum State { HTTPOut }', "H_T_T_P_OUT"),
        ('#[derive(strum::Display)] #[strum(serialize_all = "snake_case")] enum State { #[strum(serialize = "d", serialize = "draft")] Draft, SentOut }', "draft sent_out"),
        (_ENUM + _AS_STR, "draft sent"),
        (_ENUM + _DISPLAY + _AS_STR, "draft sent"),
        (_ENUM + _FROM_STR + _DISPLAY, "d s"),
        (_ENUM + _FROM_STR, "d s"),
        (_ENUM + _LOOSE, None),
        (_ENUM, None),
        ("#[derive(sqlx::Type)] enum State { Draft, Other(String) }", None),
        ('#[derive(sqlx::Type)] #[sqlx(rename_all = "WeIrD")] ' + _ENUM, None),
    ],
)  # fmt: skip
def test_rust(code: str, values: str | None) -> None:
    found = rust(code).enumerations
    assert [" ".join(member.value for member in one.members) for one in found] == ([] if values is None else [values])


def test_what_rust_calls_the_type() -> None:
    (found,) = rust('#[derive(sqlx::Type)] #[sqlx(type_name = "order_state")] pub enum State { Draft }').enumerations
    assert (found.name, found.framework, found.stored, found.members[0].name) == (
        "State",
        "sqlx",
        "order_state",
        "Draft",
    )


@pytest.mark.parametrize(
    ("code", "sets"),
    [
        ("type State = 'draft' | 'sent' | null;", {"State": "draft sent"}),
        ("export type State = 'draft' | string;", {}),
        ("type State = Base | 'sent'; type Base = 'draft';", {"State": "draft sent", "Base": "draft"}),
        ("enum State { Draft = 'draft', Sent = 'sent' }", {"State": "draft sent"}),
        ("export const enum Level { Low, Mid = 5, High }", {"Level": "0 5 6"}),
        ("export const STATES = ['draft', 'sent'] as const; type State = (typeof STATES)[number];", {"STATES": "draft sent", "State": "draft sent"}),
        ("const STATES = ['draft', 'sent'];", {}),
        ("const S = { Draft: 'draft', Sent: 'sent' } as const; type T = (typeof S)[keyof typeof S]; type K = keyof typeof S;",
         {"S": "draft sent", "T": "draft sent", "K": "Draft Sent"}),
        ("const S = Object.freeze({ Draft: 'draft' });", {"S": "draft"}),
        ("const S = z.enum(['draft', 'sent']); type T = z.infer<typeof S>;", {"S": "draft sent", "T": "draft sent"}),
        ("const S = z.union([z.literal('draft'), z.literal('sent')]);", {"S": "draft sent"}),
        ("enum E { A = 'a' } const S = z.nativeEnum(E); type T = `${E}`;", {"E": "a", "S": "a", "T": "a"}),
        ("const S = { Draft: 'draft', ...others } as const;", {}),
        ("const total = compute(1); type User = { id: number };", {}),
    ],
)  # fmt: skip
def test_typescript(code: str, sets: dict[str, str]) -> None:
    found = javascript(code).enumerations
    assert {one.name: " ".join(member.value for member in one.members) for one in found} == sets


@pytest.mark.parametrize(
    ("code", "sets"),
    [
        (
            'class State(str, Enum):\n    """States."""\n    DRAFT = "draft"\n    SENT = "sent"\n',
            {"State": "draft sent"},
        ),
        ("class State(enum.StrEnum):\n    DRAFT = auto()\n    SENT = enum.auto()\n", {"State": "draft sent"}),
        ("class Level(Enum):\n    LOW = auto()\n    MID = 5\n    HIGH = auto()\n", {"Level": "1 5 6"}),
        ('class State(models.TextChoices):\n    DRAFT = "draft", _("Draft")\n', {"State": "draft"}),
        ('State = Literal["draft", "sent"]\n', {"State": "draft sent"}),
        ('State: TypeAlias = typing.Literal["draft"]\n', {"State": "draft"}),
        ('type State = Literal["draft", None]\n', {"State": "draft"}),
        ('class State(Base):\n    DRAFT = "draft"\n', {}),
        ("State = Dict[str, int]\n", {}),
    ],
)
def test_python(code: str, sets: dict[str, str]) -> None:
    found = python(code).enumerations
    assert {one.name: " ".join(member.value for member in one.members) for one in found} == sets


def test_an_enum_that_takes_other_values_is_not_complete() -> None:
    (found,) = python('class S(Enum):\n    A = "a"\n    B = compute()\n').enumerations
    assert not found.complete
