"""The English words of notices and problems, by code. The window translates these very strings.

Placeholders in braces are filled after translation. Style: plain, short, sentence case, no exclamation marks."""

from __future__ import annotations


class Filling(dict[str, str]):
    """Values for a sentence. A missing one shows as ``?``: words for people must never turn into an error."""

    def __missing__(self, key: str) -> str:
        return "?"


NOTICE_WORDS: dict[str, str] = {
    "negative_emulated": "Negative prompt goes into the prompt",
    "negative_ignored": "Negative prompt ignored, {model} has none",
    "negative_shortened": "Negative prompt has {asked} characters, {model} takes {used}",
    "style_emulated": "Style goes into the prompt",
    "style_ignored": "Style ignored, {model} has none",
    "seed_ignored": "Seed ignored, {model} has no seed",
    "seed_adjusted": "Seed {asked} becomes {used}, {model} takes {minimum} to {maximum}",
    "seed_per_call": "Seeds {first} to {last}, one for each request",
    "size_adjusted": "Makes {used}, not {asked}",
    "size_as_ratio": "Size goes as ratio {used}",
    "size_name_solved": "{asked} becomes {used}",
    "size_auto_replaced": "{model} has no automatic size, makes {used}",
    "size_ignored": "Size ignored, {model} makes its own",
    "size_from_reference": "Makes {used}, in the shape of the last reference image",
    "size_experimental": "{used} is experimental on {model}",
    "ratio_solved": "Ratio {asked} becomes {used}",
    "ratio_adjusted": "Ratio {asked} becomes {used}",
    "ratio_outranked": "Ratio {asked} ignored, the size {used} decides",
    "ratio_ignored": "Ratio ignored, {model} makes its own",
    "n_fixed": "Makes {used} images, not {asked}",
    "n_fan_out": "{asked} images need {calls} paid requests",
    "reference_ignored": "Reference images ignored, {model} takes none",
    "reference_dropped": "Only the first {used} of {asked} reference images are used",
    "reference_many": "{asked} reference images may be too many for {model}, {sure} are sure",
    "reference_format": "{model} cannot read {name}",
    "reference_too_large": "{name} is too large for {model}, at most {limit}",
    "reference_edges": "{name} is {asked}, {model} takes edges from {minimum} to {maximum} px",
    "reference_ratio": "{name} is too narrow for {model}, at most {maximum}:1",
    "reference_alpha": "{name} has transparency, {model} takes none",
    "reference_required": "{model} needs at least {minimum} reference image",
    "prompt_ignored": "Prompt ignored, {model} has none",
    "prompt_may_be_cut": "{model} cuts prompts after {maximum} tokens, this one has {asked} characters",
    "prompt_too_long": "The prompt has {asked} characters, {model} takes {maximum}",
    "option_unknown": "{model} has no setting {name}",
    "option_value": "{name} cannot be {asked}, {model} takes {allowed}",
    "option_range": "{name} {asked} becomes {used}, {model} takes {allowed}",
    "option_not_now": "{name} ignored: {reason}",
    "model_ended": "{model} ended on {date}, {replacement} replaces it",
    "model_ended_plain": "{model} ended on {date}, choose another",
    "model_ends_soon": "{model} ends on {date}, {replacement} replaces it",
    "model_ends_soon_plain": "{model} ends on {date}",
    "model_unverified": "{model} was added by hand and is not verified",
    "prompt_rewritten": "{provider} rewrote the prompt before drawing",
    "grid_split": "A grid of {count} was split, the whole grid is kept too",
    "model_not_known": "{model} is not in the catalogue",
    "model_not_known_near": "{model} is not in the catalogue, similar names: {near}",
    "provider_not_known": "{provider} is not a provider of this studio",
    "cancel_too_late": "Too late to cancel, {provider} finishes it and the image is kept",
    "cancel_unsupported": "{provider} cannot stop a task, ask again later to fetch the image",
    "cancel_failed": "{provider} did not answer the wish to cancel, ask again later to fetch the image",
    "fallback_taken": "{model} stands in for {failed}",
    "fallback_over_budget": "{fallback} could have stood in, but the limit is reached",
    "provider_notice": "{text}",
}

# title, text and action of each kind of problem. {money} is one of MONEY_WORDS, put in by `errors.Problem`.
PROBLEM_WORDS: dict[str, tuple[str, str]] = {
    "key_missing": ("Key missing", "{provider} needs a key. {money}"),
    "key_rejected": ("Key not accepted", "{provider} refuses this key. {money}"),
    "key_region": ("Key not accepted", "{provider} refuses this key for {region}. {money}"),
    "not_verified": ("Account not verified", "{provider} wants the organization verified for this model. {money}"),
    "region_refused": ("Not offered here", "{provider} does not serve this country or region. {money}"),
    "model_not_opened": ("Model not opened", "Open {model} in the console of {provider} first. {money}"),
    "model_ended": ("Model has ended", "{model} is closed at {provider}. {money}"),
    "model_unknown": ("Model not known", "{provider} does not know {model}. {money}"),
    "prompt_refused": ("Refused by its filter", "{provider} stopped the prompt. {money}"),
    "result_withheld": ("Picture withheld", "{provider} made it, but its filter blocked it. {money}"),
    "balance": ("Balance used up", "{provider} has no credit left. {money}"),
    "quota": ("Limit reached", "{provider} says that a spending or usage limit is reached. {money}"),
    "rate_limited": ("Too many requests", "{provider} asks us to wait. {money}"),
    "bad_request": ("Request not accepted", "{provider} does not accept {parameter}. {money}"),
    "server_failed": ("Failed at the provider", "{provider} could not finish the request. {money}"),
    "task_failed": ("Failed at the provider", "{provider} gave the task up. {money}"),
    "task_expired": ("Task has expired", "{provider} no longer knows this task. {money}"),
    "unknown_state": ("Unknown answer", "{provider} answered with a state we do not know: {state}. {money}"),
    "overloaded": ("Provider is busy", "{provider} is overloaded. {money}"),
    "uncertain": ("May have been billed", "The connection broke after the request was sent. {money}"),
    "gateway": ("May have been billed", "A gateway answered in place of {provider}. {money}"),
    "interrupted": ("May have been billed", "The studio stopped while the request was under way. {money}"),
    "offline": ("No connection", "{host} cannot be reached. {money}"),
    "result_unreachable": ("Result not fetched", "The connection to {host} broke before the result was here. {money}"),
    "sent_elsewhere": (
        "Result not fetched",
        "It was sent to {address}, Preferences now have {now}. With the former it can still be fetched. {money}",
    ),
    "tls": ("Connection not secure", "The certificate of {host} was not accepted. {money}"),
    "network_settings": ("Connection settings not usable", "{setting}: {reason}. {money}"),
    "deadline": ("Took too long", "{provider} had not finished after {duration}. {money}"),
    "no_image": ("Text, but no image", "{provider} answered without an image. {money}"),
    "broken_reply": ("Answer not readable", "The answer of {provider} could not be read. {money}"),
    "broken_image": ("Image not readable", "What {provider} sent is no image. {money}"),
    "image_too_large": ("Image too large", "The image is larger than {limit}. {money}"),
    "link_expired": ("Link has expired", "The image could no longer be fetched from {provider}. {money}"),
    "link_refused": ("Link not followed", "The image lies at an address that is not safe to open. {money}"),
    "cancelled": ("Cancelled", "Stopped on your wish. {money}"),
    "not_sent": ("Not sent", "The studio stopped before it was sent. {money}"),
    "over_budget": ("Over the limit", "Up to {over} over the limit of {limit}. {money}"),
    "cannot_run": ("Cannot run", "{reason}. {money}"),
    "disk_full": ("Disk is full", "The image waits in memory until there is room. {money}"),
    "folder_not_writable": (
        "Folder not writable",
        "{path} cannot be written to. Make it writable, or choose another folder. {money}",
    ),
    "image_set_aside": ("Image set aside", "It could not be saved in the workspace and lies in {path}. {money}"),
    "reference_unreadable": ("Reference not readable", "{name} is no image that can be used: {reason}. {money}"),
    "reference_too_large": ("Reference too large", "{name} is larger than {limit}. {money}"),
    "sweep_too_large": (
        "Too many combinations",
        "This sweep has {count} cells, at most {most} are possible. Take fewer values, or a random sample. {money}",
    ),
    "sweep_failing": ("Paused after failures", "{count} cells failed, so the sweep paused. {money}"),
    "sweep_taken": (
        "Sweep is in other hands",
        "Another window or command works on sweep {number}, or has paused or stopped it. {money}",
    ),
    "request_invalid": ("Request not complete", "{field}: {reason}. {money}"),
    "workspace_read_only": (
        "Library is read-only",
        "{path} cannot be written to: nothing can be generated or changed here. {money}",
    ),
    "workspace_newer": (
        "Workspace is newer",
        "A newer Prompt Studio made this workspace (version {found}, we know {known}). {money}",
    ),
    "workspace_unreadable": ("Workspace not readable", "{path}: {reason}. {money}"),
    "settings_broken": (
        "Settings were reset",
        "The settings file could not be read and was set aside as {path}. {money}",
    ),
    "no_room": ("Disk is full", "There is no room left in {path}. What was written before stays. {money}"),
    "file_missing": ("File was moved", "{name} is no longer in the workspace. {money}"),
    "file_unreadable": ("File not readable", "{name} cannot be read. {money}"),
    "settings_not_kept": (
        "Settings are not kept",
        "{path} cannot be used: changes hold until Prompt Studio closes. Make it writable, then start again. {money}",
    ),
    "settings_newer": (
        "Settings are newer",
        "A newer Prompt Studio made the settings in {path}. They stay as they are; changes hold until the end. {money}",
    ),
    "keyring_missing": ("No keyring", "This system has no keyring service. {money}"),
    "keyring_locked": ("Keyring is locked", "Unlock the keyring of the system, then try again. {money}"),
    "template_invalid": ("File name not possible", "{reason}. {money}"),
    "internal": ("Something broke", "Something broke in Prompt Studio. Your images are safe. {money}"),
}

# Reasons that stand inside a problem's text. Whole sentences without their full stop, so that they can be translated.
REASON_WORDS: dict[str, str] = {
    "damaged_database": "its database is damaged. `prompt-studio doctor --rebuild` makes a new one from the images",
    "locked": "another program has kept it locked. Close that program, then try again",
    "drive_silent": "the drive does not answer. Connect it again",
    "drive_cannot_lock": "this drive cannot lock files. Choose a folder on a local drive",
    "drive_full": "the drive is full. Make room or choose another folder",
    "drive_read_only": "the drive is read-only. Choose another folder; prompt-studio list and export can still read it",
    "no_permission": "it may not be written to. Change its permissions or choose another folder",
    "not_usable": "it cannot be used. Choose another folder",
    "no_folder": "this is not a folder. Choose another",
    "in_the_way": "it is in the way. Move it or choose another folder",
    "not_ours": "its studio.db was not made by Prompt Studio. Choose another folder",
    "open_elsewhere": "another window or command has it open. Close that first, then try again",
    "cut_off": "it is cut off",
    "damaged_image": "it is damaged",
    "unknown_format": "its format is not known",
    "svg": "SVG is not accepted, export it as PNG",
    "no_memory": "there is not enough memory to read it",
    "empty_file": "it is empty",
    "no_such_file": "there is no such file",
    "is_folder": "it is a folder",
    "may_not_be_read": "it may not be read",
    "cannot_be_read": "it cannot be read",
    "no_plain_file": "it is no plain file",
    "file_gone": "its file is gone",
    "not_in_library": "it is no longer in the library",
    "https_only": "only https addresses are opened",
    "address_with_password": "its address holds a password",
    "other_computer": "it lies on another computer",
}

MONEY_WORDS: dict[str, str] = {
    "no": "Nothing was billed.",
    "maybe": "It may have been billed.",
    "yes": "It was billed.",
    "amount": "{amount} was billed.",
    "none": "",
}

ACTION_WORDS: dict[str, str] = {
    "open_preferences": "Open Preferences",
    "edit_prompt": "Edit prompt",
    "what_to_do": "What to do",
    "open_top_up": "Open top-up page",
    "open_usage": "Open usage page",
    "open_console": "Open console",
    "try_again": "Try again",
    "stop_trying": "Stop trying",
    "read_answer": "Read answer",
    "choose_model": "Choose another",
    "choose_folder": "Choose folder",
    "copy_report": "Copy report",
    "generate": "Generate",
    "generate_anyway": "Generate anyway",
    "simplify_prompt": "Simplify prompt...",
    "show_details": "Show details",
    "none": "",
}

# what a vendor makes of one of its own images
FOLLOW_UP_WORDS: dict[str, str] = {
    "upscale": "Upscale",
    "variation": "Variation",
}

# title and reason of what `suggestions.SUGGESTIONS` offers
SUGGESTION_WORDS: dict[str, tuple[str, str]] = {
    "stylised": ("A strong style", "Midjourney has the most pronounced look of its own."),
    "strict": ("Exactly what is written, or strict safety", "OpenAI follows long prompts most closely."),
    "china": ("Mainland China, or Alibaba Cloud", "Tongyi runs in the Chinese regions of Alibaba Cloud."),
    "fast_china": ("Many images, fast, in China", "Volcengine makes batches quickly in China."),
}
