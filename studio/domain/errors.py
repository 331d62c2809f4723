"""The error tree. Every error says what happened, whether it cost money and what to do.

Adapters translate a vendor's codes into these classes once, at the border. Everything that is not a `StudioError` is
our own fault and becomes `InternalFault` where the engine or a face catches it."""

from __future__ import annotations

from typing import Any, ClassVar

from studio.domain.pricing import Money
from studio.domain.problem import RAW_MAX_CHARACTERS, Charged, Problem, Repeat

__all__ = ["RAW_MAX_CHARACTERS", "Charged", "Problem", "Repeat", "StudioError"]  # and every class of error


class StudioError(Exception):
    """Base of all expected errors. The keyword arguments fill the words of `words.PROBLEM_WORDS[kind]`."""

    kind: ClassVar[str] = "internal"
    charged: ClassVar[Charged] = "none"
    action: ClassVar[str] = "show_details"
    repeat: ClassVar[Repeat] = Repeat.NEVER

    def __init__(
        self,
        *,
        detail: str = "",
        charged: Charged | None = None,
        amount: Money | None = None,
        vendor_code: str | None = None,
        http_status: int | None = None,
        request_id: str | None = None,
        retry_after_s: float | None = None,
        raw: str = "",
        **values: Any,
    ) -> None:
        self.problem = Problem(
            kind=self.kind,
            charged=charged or type(self).charged,
            action=self.action,
            repeat=self.repeat,
            values={key: str(value) for key, value in values.items()},
            amount=amount,
            detail=detail[:RAW_MAX_CHARACTERS],
            vendor_code=vendor_code,
            http_status=http_status,
            request_id=request_id,
            retry_after_s=retry_after_s,
            raw=raw[:RAW_MAX_CHARACTERS],
        )
        super().__init__(self.problem.text + (f" ({detail})" if detail else ""))


class ProviderError(StudioError):
    """Something a provider said, or did not say."""

    charged: ClassVar[Charged] = "no"


class KeyMissing(ProviderError):
    kind, action = "key_missing", "open_preferences"


class KeyRejected(ProviderError):
    kind, action = "key_rejected", "open_preferences"


class KeyOfOtherRegion(ProviderError):
    """values: provider, region."""

    kind, action = "key_region", "open_preferences"


class AccountNotVerified(ProviderError):
    kind, action = "not_verified", "open_console"


class RegionRefused(ProviderError):
    kind, action = "region_refused", "show_details"


class ModelNotOpened(ProviderError):
    kind, action = "model_not_opened", "open_console"


class ModelEnded(ProviderError):
    kind, action = "model_ended", "choose_model"


class ModelUnknown(ProviderError):
    kind, action = "model_unknown", "choose_model"


class PromptRefused(ProviderError):
    kind, action = "prompt_refused", "edit_prompt"


class ResultWithheld(ProviderError):
    kind, action = "result_withheld", "what_to_do"
    charged: ClassVar[Charged] = "maybe"


class BalanceUsedUp(ProviderError):
    kind, action = "balance", "open_top_up"


class QuotaReached(ProviderError):
    kind, action = "quota", "open_usage"


class RateLimited(ProviderError):
    kind, action = "rate_limited", "try_again"
    repeat: ClassVar[Repeat] = Repeat.LATER


class Overloaded(ProviderError):
    """A refusal before any work was done, in the vendor's own form."""

    kind, action = "overloaded", "try_again"
    repeat: ClassVar[Repeat] = Repeat.LATER


class BadRequest(ProviderError):
    """values: provider, parameter."""

    kind, action = "bad_request", "show_details"


class ServerFailed(ProviderError):
    """A complete 500 or 503 in the vendor's own error form."""

    kind, action = "server_failed", "try_again"
    repeat: ClassVar[Repeat] = Repeat.ONCE


class TaskFailed(ProviderError):
    kind, action = "task_failed", "try_again"


class TaskExpired(ProviderError):
    kind, action = "task_expired", "what_to_do"
    charged: ClassVar[Charged] = "maybe"


class UnknownState(ProviderError):
    """values: provider, state."""

    kind, action = "unknown_state", "what_to_do"
    charged: ClassVar[Charged] = "maybe"


class Uncertain(ProviderError):
    """The connection broke after the first byte of a paid request had left."""

    kind, action = "uncertain", "what_to_do"
    charged: ClassVar[Charged] = "maybe"
    repeat: ClassVar[Repeat] = Repeat.UNCERTAIN


class GatewayAnswered(ProviderError):
    """502, 504 or somebody else's page: the request may have been accepted behind it."""

    kind, action = "gateway", "what_to_do"
    charged: ClassVar[Charged] = "maybe"
    repeat: ClassVar[Repeat] = Repeat.UNCERTAIN


class Interrupted(ProviderError):
    """Found at start-up: the program ended between sending and an answer."""

    kind, action = "interrupted", "what_to_do"
    charged: ClassVar[Charged] = "maybe"
    repeat: ClassVar[Repeat] = Repeat.UNCERTAIN


class Offline(ProviderError):
    """Nothing was sent: no route, refused, DNS. values: host."""

    kind, action = "offline", "try_again"
    repeat: ClassVar[Repeat] = Repeat.SAFE


class ResultUnreachable(ProviderError):
    """A poll or download for an accepted task broke: asking again is free, sending again is not. values: host."""

    kind, action = "result_unreachable", "what_to_do"
    charged: ClassVar[Charged] = "maybe"
    repeat: ClassVar[Repeat] = Repeat.UNCERTAIN


class SentElsewhere(ProviderError):
    """A task is known to lie at another address than the settings have since: the user's word is needed before a key
    goes there. values: address, now."""

    kind, action = "sent_elsewhere", "what_to_do"
    charged: ClassVar[Charged] = "maybe"
    repeat: ClassVar[Repeat] = Repeat.UNCERTAIN


class NotSecure(ProviderError):
    """TLS failed before anything was sent. values: host."""

    kind, action = "tls", "show_details"


class NetworkMisconfigured(StudioError):
    """An address, proxy or certificate setting that cannot be used; nothing was sent. values: setting, reason."""

    kind, action = "network_settings", "open_preferences"
    charged: ClassVar[Charged] = "no"


class DeadlinePassed(ProviderError):
    """values: provider, duration."""

    kind, action = "deadline", "what_to_do"
    charged: ClassVar[Charged] = "maybe"


class NoImage(ProviderError):
    """A finished reply in words only; `detail` holds them."""

    kind, action = "no_image", "read_answer"
    charged: ClassVar[Charged] = "maybe"


class BrokenReply(ProviderError):
    """A 200 that cannot be read as documented."""

    kind, action = "broken_reply", "what_to_do"
    charged: ClassVar[Charged] = "maybe"
    repeat: ClassVar[Repeat] = Repeat.UNCERTAIN


class BrokenImage(ProviderError):
    kind, action = "broken_image", "what_to_do"
    charged: ClassVar[Charged] = "yes"


class ImageTooLarge(ProviderError):
    """values: limit."""

    kind, action = "image_too_large", "what_to_do"
    charged: ClassVar[Charged] = "yes"


class LinkExpired(ProviderError):
    kind, action = "link_expired", "what_to_do"
    charged: ClassVar[Charged] = "yes"


class LinkRefused(ProviderError):
    """A result address that is private, not https or redirects too often."""

    kind, action = "link_refused", "show_details"
    charged: ClassVar[Charged] = "yes"


class Cancelled(ProviderError):
    kind, action = "cancelled", "generate"


class NotSent(ProviderError):
    """The studio ended, or was closed, while the request still waited for its turn."""

    kind, action = "not_sent", "generate"


class OverBudget(StudioError):
    """values: over, limit. Raised before anything is sent."""

    kind, action = "over_budget", "generate_anyway"
    charged: ClassVar[Charged] = "no"


class CannotRun(StudioError):
    """The request does not fit the model at all; values: reason."""

    kind, action = "cannot_run", "choose_model"
    charged: ClassVar[Charged] = "no"


class DiskFull(StudioError):
    """The result is held in memory and tried again."""

    kind, action = "disk_full", "choose_folder"
    charged: ClassVar[Charged] = "yes"


class FolderNotWritable(StudioError):
    """values: path. Its writer says "none" where paid images were on their way into the folder."""

    kind, action = "folder_not_writable", "choose_folder"
    charged: ClassVar[Charged] = "no"


class ImageSetAside(StudioError):
    """The bytes could not become an image of the workspace and were rescued. values: path."""

    kind, action = "image_set_aside", "show_details"
    charged: ClassVar[Charged] = "yes"


class ReferenceUnreadable(StudioError):
    """values: name, reason."""

    kind, action = "reference_unreadable", "none"
    charged: ClassVar[Charged] = "no"


class ReferenceTooLarge(StudioError):
    """values: name, limit."""

    kind, action = "reference_too_large", "none"
    charged: ClassVar[Charged] = "no"


class RequestInvalid(StudioError):
    """values: field, reason."""

    kind, action = "request_invalid", "none"
    charged: ClassVar[Charged] = "no"


class SweepFailing(StudioError):
    """So many cells failed that the sweep paused; values: count."""

    kind, action = "sweep_failing", "none"
    charged: ClassVar[Charged] = "none"


class SweepTooLarge(StudioError):
    """values: count, most (cells)."""

    kind, action = "sweep_too_large", "none"
    charged: ClassVar[Charged] = "no"


class SweepTaken(StudioError):
    """Another process works on the sweep, or has paused or stopped it; values: number."""

    kind, action = "sweep_taken", "none"
    charged: ClassVar[Charged] = "no"


class WorkspaceReadOnly(StudioError):
    """values: path. The library is open, but only to be looked at."""

    kind, action = "workspace_read_only", "choose_folder"
    charged: ClassVar[Charged] = "no"


class WorkspaceNewer(StudioError):
    """values: found, known (schema versions)."""

    kind, action = "workspace_newer", "choose_folder"
    charged: ClassVar[Charged] = "no"


class WorkspaceUnreadable(StudioError):
    """values: path, reason."""

    kind, action = "workspace_unreadable", "choose_folder"
    charged: ClassVar[Charged] = "no"


class SettingsBroken(StudioError):
    """values: path (where the broken file was put)."""

    kind, action = "settings_broken", "none"


class SettingsNotKept(StudioError):
    """The settings cannot be read, or not be written. values: path."""

    kind, action = "settings_not_kept", "none"


class NoRoom(StudioError):
    """A copy could not be written. values: path."""

    kind, action = "no_room", "choose_folder"


class FileMissing(StudioError):
    """An image's file is not where the library knows it. values: name."""

    kind, action = "file_missing", "none"


class FileUnreadable(StudioError):
    """An image's file cannot be read or decoded. values: name."""

    kind, action = "file_unreadable", "none"


class SettingsNewer(StudioError):
    """values: path, found, known (schema numbers)."""

    kind, action = "settings_newer", "none"


class KeyringMissing(StudioError):
    kind, action = "keyring_missing", "open_preferences"
    charged: ClassVar[Charged] = "no"


class KeyringLocked(StudioError):
    kind, action = "keyring_locked", "try_again"
    charged: ClassVar[Charged] = "no"


class TemplateInvalid(StudioError):
    """values: reason."""

    kind, action = "template_invalid", "none"


class InternalFault(StudioError):
    """Our own bug; `detail` names the exception, the log has the traceback."""

    kind, action = "internal", "copy_report"
