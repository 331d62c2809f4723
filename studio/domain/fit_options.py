"""Provider options against what a model declares: known names with allowed values get through, the rest is told."""

from __future__ import annotations

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
        if read != value and not isinstance(value, (str, bool)):
            low, high = f"{spec.minimum:g}", f"{spec.maximum:g}"
            tell(name, "adjusted", "option_range", "warn", asked=value, used=read, minimum=low, maximum=high)
        fitted[name] = read
    for name in [name for name in fitted if name in wished or model.capability.option(name)]:
        spec = model.capability.option(name)
        situation = {**fitted, "references": "some" if has_references else "none"}
        reason = broken_condition(spec, situation, model) if spec else None
        if reason is not None:
            del fitted[name]
            if name in wished:
                tell(name, "ignored", "option_not_now", reason=reason)
    return fitted, notices.all


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
        if isinstance(value, bool):
            return value
        return {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}.get(str(value).lower())
    if spec.kind == "choice":
        return next((choice.value for choice in spec.choices if str(choice.value) == str(value)), None)
    if spec.kind == "text":
        return str(value)
    try:
        number = float(value)
    except ValueError:
        return None
    if spec.kind == "integer" and number != int(number):
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
    return "a number"
