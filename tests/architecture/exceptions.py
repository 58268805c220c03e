"""Where the laws of this folder give way, each with its reason. An entry that is no longer needed fails a test."""

DOORS = frozenset({"queries", "actions", "models", "choices", "rules"})
"""How another feature package may be entered."""

MORE_DOORS: dict[str, str] = {
    "carriers": "the registry of what moves out of a unit that ends",
    "acts": "the registry of acts is declared by the packages that own them",
    "roles": "roles are one readable file that pages print",
    "apps": "Django finds applications there",
}

WRITERS: dict[str, str] = {
    "canbo/readers/exchange/loader/": "a load writes by COPY, under one batch and one audit line",
    "canbo/readers/exchange/generator/": "the generator of demo provinces writes millions of rows by COPY",
}
"""Files (or folders, ending in ``/``) outside ``actions`` that write rows."""

UNDECORATED: dict[str, str] = {
    "canbo/foundation/audit/actions.py:record": "is the audit line itself",
    "canbo/foundation/audit/actions.py:plain": "turns a value into what the log keeps, writes nothing",
    "canbo/foundation/audit/actions.py:action": "is the decorator",
    **{
        f"canbo/foundation/jobs/actions.py:{name}": "background work is no record; what it writes is audited itself"
        for name in ("submit", "cancel", "begin", "finish", "give_back", "rescue", "prune", "tell_package")
    },
    "canbo/processes/restructuring/actions/applying.py:start_apply": "gives work to the background, which is audited",
    "canbo/processes/restructuring/actions/undoing.py:start_annul": "gives work to the background, which is audited",
    **{
        f"canbo/facts/decisions/actions/rebuilding.py:{name}": "changes how rows are checked, not the rows"
        for name in ("one_at_a_time", "rebuilt_for", "rebuilt_afterwards")
    },
    "canbo/facts/decisions/actions/facts.py:void": "a part of annulling, called by the acts of each package",
    "canbo/facts/decisions/actions/facts.py:reopen": "a part of annulling, called by the acts of each package",
    "canbo/facts/decisions/actions/record.py:preview": "takes back everything it did; nothing is left to audit",
    "canbo/facts/decisions/actions/drafts.py:save_draft": "a draft is no record and saves itself every few seconds",
    "canbo/facts/decisions/actions/drafts.py:discard_draft": "a draft is no record",
    "canbo/facts/people/actions/dossier.py:set_places": "a part of other acts: says anew where a person is found",
    "canbo/facts/staffing/actions/posts.py:transfer": "a part of recording a decision, called by its act",
    "canbo/facts/staffing/actions/posts.py:add_concurrent": "a part of recording a decision, called by its act",
    **{
        f"canbo/facts/staffing/actions/positions.py:{name}": "a draft is no record and saves itself every few seconds"
        for name in ("save_description_draft", "drop_description_draft")
    },
    "canbo/facts/staffing/actions/positions.py:settle_drafts": "a part of annulling, called by the acts of the package",
    "canbo/readers/exchange/actions/books.py:check_book": "reads a file and writes nothing",
    **{
        f"canbo/readers/exchange/actions/uploads.py:{name}": "a file on its way is no record; its load is audited"
        for name in (
            "bring",
            "start_load",
            "check_upload",
            "load_upload",
            "settle_upload",
            "drop_upload",
            "forget_old_files",
            "forget_old_exports",
        )
    },
    "canbo/processes/evaluation/actions/own.py:save_self": "a draft is no record and saves itself field by field",
    "canbo/processes/evaluation/actions/own.py:save_form": "a draft is no record and saves itself field by field",
    "canbo/processes/evaluation/actions/reviewing.py:save_review": "a draft is no record and saves itself field by field",
    "canbo/foundation/ui/actions.py:save_view": "a reader's own view of a list is no record",
    "canbo/foundation/ui/actions.py:drop_view": "a reader's own view of a list is no record",
    "canbo/foundation/ui/actions.py:choose_columns": "a reader's own columns are no record",
}
"""Public functions of ``actions`` that neither leave an audit line nor are parts of other actions."""

CLOCK = ("views", "commands", "middleware", "tasks")
"""Files that may ask what day it is, besides the clock itself."""

CLOCK_ELSEWHERE: dict[str, str] = {
    "canbo/processes/evaluation/printing.py": "is a background task",
    "canbo/foundation/audit/actions.py": "the moment of the audit line is the moment it is written",
    "canbo/facts/organisation/queries/scope.py": "scope is a matter of the moment somebody acts",
    "canbo/processes/restructuring/actions/": "a case says when it was drafted, carried out, taken back",
    "canbo/readers/exchange/actions/": "a load is stamped with the moment it runs",
    "canbo/foundation/runtime/": "uptime, backups and logs speak of the machine's time",
    "canbo/foundation/jobs/": "progress of background work speaks of the machine's time",
    "canbo/foundation/ui/list_export.py": "a workbook says when it was taken",
    "canbo/foundation/ui/day.py": "the day a reader looks at is today unless she says otherwise",
    "canbo/foundation/ui/context.py": "the frame of every page shows the day",
    "canbo/foundation/ui/templatetags/": "pages say how long ago something was",
}
