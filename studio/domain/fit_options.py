"""Provider options against what a model declares: known names with allowed values get through, the rest is told."""

from __future__ import annotations

from math import isfinite

from studio.domain.capability import ModelSpec, OptionSpec
from studio.domain.notices import Notice, NoticeKind, Notices, Severity
from studio.domain.values import OptionValue

Options = dict[str, OptionValue]


def fit_options(
    wished: Options, model: ModelSpec, *, has_references: bool = False
) -> tuple[Options, tuple[Notice, ...]]:
    """The options to send (those set by the user and those a model always sends), and notices for the others."""
    notices = Notices(model.id)

    def tell(name: str, kind: NoticeKind, code: str, severity: Severity = "note", **values: object) -> None:
        notices.add(f"options.{name}", kind, code, severity, name=name, **values)

    fitted: Options = {
        spec.name: spec.default for spec in model.capability.options if spec.always_send and spec.default is not None
    }
    for name, value in wished.items():
        spec = model.capability.option(name)
        if spec is None:
            tell(name, "ignored", "option_unknown", "warn")
            continue
        read = read_option(spec, value)
        if read is None:
            tell(name, "ignored", "option_value", "warn", asked=value, allowed=allowed_words(spec))
            continue
        if spec.kind in ("integer", "number") and float(read) != float(value):
            tell(name, "adjusted", "option_range", "warn", asked=value, used=read, allowed=allowed_words(spec))
        fitted[name] = read
    for name, reason in _drop_what_does_not_hold(fitted, model, has_references=has_references).items():
        if name in wished:
            tell(name, "ignored", "option_not_now", reason=reason)
    return fitted, notices.all


def _drop_what_does_not_hold(fitted: Options, model: ModelSpec, *, has_references: bool) -> dict[str, str]:
    """Removes options whose condition is broken, and then those that hung on them; the reasons by name."""
    dropped: dict[str, str] = {}
    while True:
        situation = {**fitted, "references": "some" if has_references else "none"}
        broken = {}
        for spec in model.capability.options:
            reason = broken_condition(spec, situation, model) if spec.name in fitted else None
            if reason is not None:
                broken[spec.name] = reason
        if not broken:
            return dropped
        for name, reason in broken.items():
            del fitted[name]
            dropped[name] = reason


def broken_condition(spec: OptionSpec, options: Options, model: ModelSpec) -> str | None:
    """Why this option has no meaning beside the others, in words; None when it has."""
    defaults = model.capability.option_defaults
    for condition in spec.only_when:
        current = options.get(condition.option, defaults.get(condition.option))
        if current not in condition.values:
            return condition.reason or f"{condition.option} is {current}"
    return None


def read_option(spec: OptionSpec, value: OptionValue) -> OptionValue | None:
    """The value in the option's own type, numbers clamped into their range; None when it cannot be one.

    Text is read as typed on a command line: ``--option n=2`` or ``--option watermark=false``."""
    if spec.kind == "boolean":
        return value if isinstance(value, bool) else _BOOLEAN_WORDS.get(str(value).strip().lower())
    if spec.kind == "choice":
        return _read_choice(spec, value)
    if spec.kind == "text":
        return str(value)
    return _read_number(spec, value)


_BOOLEAN_WORDS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


def _read_choice(spec: OptionSpec, value: OptionValue) -> OptionValue | None:
    """The choice spelt exactly so; else the one that differs in case only."""
    asked = str(value).strip()
    known = [choice.value for choice in spec.choices]
    exact = (one for one in known if str(one) == asked)
    return next(exact, next((one for one in known if str(one).lower() == asked.lower()), None))


def _read_number(spec: OptionSpec, value: OptionValue) -> int | float | None:
    if isinstance(value, bool):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    if not isfinite(number) or (spec.kind == "integer" and number != int(number)):
        return None
    if spec.minimum is not None:
        number = max(number, spec.minimum)
    if spec.maximum is not None:
        number = min(number, spec.maximum)
    return int(number) if spec.kind == "integer" else number


def allowed_words(spec: OptionSpec) -> str:
    """What the option takes, for a sentence."""
    if spec.kind == "choice":
        return ", ".join(str(choice.value) for choice in spec.choices)
    if spec.kind == "boolean":
        return "yes or no"
    if spec.kind == "text":
        return "text"
    if spec.minimum is not None and spec.maximum is not None:
        return f"{spec.minimum:g} to {spec.maximum:g}"
    if spec.minimum is not None:
        return f"at least {spec.minimum:g}"
    if spec.maximum is not None:
        return f"at most {spec.maximum:g}"
    return "a whole number" if spec.kind == "integer" else "a number"
