"""Calls at their places in JavaScript: which may matter, and what becomes of their result.

What comes in: nodes of calls. What goes out: yes or no, and Uses. This module does not know any library of a database.
"""

import re

from tree_sitter import Node

from analyzer.extract.texts import head, text_of
from analyzer.facts.value import Use

_PASSES = frozenset({"parenthesized_expression", "as_expression", "satisfies_expression", "non_null_expression"})
# Functions and objects of the language, of tests, of pages.
_NAMES = re.compile(
    r"(?:use[A-Z]\w*|parseInt|parseFloat|String|Number|Boolean|Symbol|BigInt|Date|RegExp|Error|\w+Error|\w+Exception|Map|Set|WeakMap|Promise|Buffer|URL"
    r"|expect|describe|it|test|before|after|beforeEach|afterEach|beforeAll|afterAll|setTimeout|setInterval|clearTimeout|clearInterval|setImmediate|fetch"
    r"|t|cx|cn|clsx|classNames|alert|isNaN|encodeURIComponent|decodeURIComponent|require|import|next|cb|done|resolve|reject|dispatch|memo|styled|css)"
)
_OBJECTS = re.compile(
    r"(?:console|Object|logger|log|Logger|winston|JSON|Math|Date|Number|String|Array|Reflect|Promise|Buffer|path|fs|os|crypto|chalk|z|Joi|yup|Yup|t"
    r"|expect|assert|should|jest|vi|sinon|chai|cy|React|document|window|localStorage|sessionStorage|res|response|reply|moment|dayjs|axios|process"
    r"|this\.logger|this\.log|req\.log|request\.log|faker|i18n|performance|util|url|validator|bcrypt|jwt)"
)
_METHODS = frozenset({
    "push", "unshift", "join", "split", "includes", "indexOf", "concat", "reduce", "some", "every", "flat", "flatMap", "splice", "shift", "pop", "fill",
    "trim", "toLowerCase", "toUpperCase", "startsWith", "endsWith", "charAt", "charCodeAt", "substring", "substr", "padStart", "padEnd", "toISOString",
    "getTime", "toFixed", "hasOwnProperty", "test", "toString", "filter", "replaceAll", "addEventListener", "preventDefault", "setHeader", "status",
    "header", "json", "render", "redirect", "emit", "localeCompare", "findIndex", "reverse",
})  # fmt: skip
# What none of the objects above has: one that has it only has the name of one.
_OTHERS = frozenset({"save", "deleteOne", "updateOne"})
_LONGEST = 80


def is_told(call: Node) -> bool:
    """Whether a call may matter; a call on what another call gives is told, because of that one."""
    made = call.type == "new_expression"
    callee = call.child_by_field_name("constructor" if made else "function")
    arguments = call.child_by_field_name("arguments")
    if callee is None or (arguments is not None and arguments.type == "template_string"):
        return False
    if callee.type != "member_expression":
        given = arguments is not None and arguments.named_child_count > 0
        return (given or made) and _NAMES.fullmatch(head(callee, _LONGEST)) is None
    target, method = callee.child_by_field_name("object"), callee.child_by_field_name("property")
    if target is None or method is None or _holds_call(target):
        return True
    name = text_of(method)
    return name in _OTHERS or (name not in _METHODS and _OBJECTS.fullmatch(head(target, _LONGEST)) is None)


def _holds_call(node: Node) -> bool:
    while node.type in ("member_expression", "subscript_expression", "non_null_expression"):
        inner = node.child_by_field_name("object") or (node.named_children[0] if node.named_children else None)
        if inner is None:
            return False
        node = inner
    return node.type == "call_expression"


def uses(call: Node) -> tuple[Use, ...]:
    """What becomes of a call's result, from the inside out."""
    found: list[Use] = []
    node, outer = call, call.parent
    while outer is not None:
        if outer.type == "await_expression":
            found.append("awaited")
        elif outer.type not in _PASSES and not _is_gathered(outer):
            break
        node, outer = outer, outer.parent
    last = _use(node, outer) if outer is not None else ""
    return (*found, last) if last else tuple(found)


def _is_gathered(node: Node) -> bool:
    """A list of promises that are awaited together."""
    if node.type in ("array", "arguments"):
        call = node.parent if node.type == "arguments" else node.parent.parent if node.parent is not None else None
        return call is not None and _is_gathered(call)
    if node.type != "call_expression":
        return False
    callee = node.child_by_field_name("function")
    return callee is not None and head(callee, 20) in (
        "Promise.all",
        "Promise.allSettled",
        "Promise.race",
        "Promise.any",
    )


def _use(node: Node, outer: Node) -> Use:
    match outer.type:
        case "for_in_statement" if outer.child_by_field_name("right") == node:
            return "iterated"
        case "if_statement" | "while_statement" | "do_statement" | "ternary_expression" | "for_statement":
            return "tested" if outer.child_by_field_name("condition") == node else _use_of_branch(outer)
        case "unary_expression":
            operator = outer.child_by_field_name("operator")
            return "tested" if operator is not None and operator.type == "!" else "dropped"
        case "binary_expression":
            operator = outer.child_by_field_name("operator")
            first = outer.child_by_field_name("left") == node
            return (
                "tested" if first and operator is not None and operator.type in ("&&", "||") else _use_of_branch(outer)
            )
        case "return_statement" | "yield_expression":
            return "returned"
        case "arrow_function" if outer.child_by_field_name("body") == node:
            return "returned"
        case "expression_statement":
            return "dropped"
        case "variable_declarator" | "assignment_expression" | "public_field_definition" | "field_definition":
            return "kept"
        case _:
            return ""


def _use_of_branch(node: Node) -> Use:
    """A branch's value is used as its expression is."""
    if node.type not in ("ternary_expression", "binary_expression") or node.parent is None:
        return ""
    operator = node.child_by_field_name("operator")
    if operator is not None and operator.type not in ("&&", "||", "??"):
        return ""
    return _use(node, node.parent)
