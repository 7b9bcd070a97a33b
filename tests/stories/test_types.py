"""Types: what kind of incident it is, what the matrix adds, and the phases of its playbook."""

import json

from bot.words import Classification, Severity
from tests.stories.company import Cast

PRIVATE = "inc-1-private"
SECRET = ("Payroll", "payroll", "Salaries", "data exposure", "Data Protection", "notices")


async def declared(company: Cast, text: str = "sev2 Forecasts drift") -> str:
    """Let Ada declare it and Noor command it; return its channel's name."""
    await company.types("ada", f"/incident declare {text}")
    await company.sandbox.settle()
    await company.presses("noor", "Take command", channel="noor")
    await company.sandbox.settle()
    return company.channel_of(1)


def members(company: Cast, name: str) -> set[str]:
    """Return the handles of the people in a channel."""
    workspace = company.sandbox.workspace
    room = next(one for one in workspace.channels.values() if one.name == name)
    return {workspace.people[one].handle for one in room.members}


async def test_a_type_is_shown_before_it_is_set(company: Cast) -> None:
    """A misspelt one is offered the nearest, which says what it adds; one press sets it, and its teams come in."""
    channel = await declared(company)
    listed = await company.types("noor", "/incident type", channel=channel)
    misspelt = await company.types("noor", "/incident type modle-drift", channel=channel)
    await company.presses("noor", "Model drift", channel=channel)
    await company.sandbox.settle()
    shown = str(company.messages(channel, seen_by="noor")[-1])
    untouched = company.incident(1).playbook.type
    await company.presses("noor", "Set type", channel=channel)
    await company.sandbox.settle()

    assert [True, True] == [family in listed for family in ("training-data leakage", "nobody has set it")]
    assert "Did you mean model drift?" in misspelt
    assert [True, True] == [words in shown for words in ("Brings in: ", "Drift figures, and since when")]
    assert ("", "model_drift") == (untouched, company.incident(1).playbook.type)
    line = next(text for text in company.texts(channel) if " is a model drift: " in text)
    assert line.startswith("INC-1 is a model drift: Sam Reyes (ML Platform SRE) and Mia Chen (ML Engineer) are added")
    assert {"noor", "ada", "sam", "mia"} <= members(company, channel)
    assert any("you are called for ML Engineer" in text for text in company.direct("mia"))
    card = next(str(one) for one in company.messages(channel) if one["text"].startswith("SEV-2 INC-1"))
    assert [True, True] == [words in card for words in ("Type: model drift · Runbook: none yet", "Assess by ")]
    assert company.incident(1) == company.replayed(1)


async def test_a_provider_outage_is_worse_than_it_was_declared(company: Cast) -> None:
    """A SEV-3 becomes SEV-2 and says why, and nobody lowers it again."""
    channel = await declared(company, "sev3 Answers are slow")
    await company.types("noor", "/incident type provider outage", channel=channel)
    await company.presses("noor", "Set type", channel=channel)
    await company.sandbox.settle()
    lowered = await company.types("noor", "/incident sev 3 the retries hide it", channel=channel)

    assert Severity.SEV2 is company.incident(1).severity
    assert "Its type, provider outage, is SEV-2 or worse by policy." in str(company.messages(channel))
    assert "provider outage, which is SEV-2 or worse by policy" in lowered
    assert company.audit_is_whole()


async def test_exposed_data_goes_on_in_private(company: Cast) -> None:
    """It moves into a private channel, Legal is called, and neither title nor type stands anywhere else."""
    old = await declared(company, "sev3 Payroll export: Salaries of everyone are on the share")
    before = len(company.sandbox.workspace.calls)
    shown = await company.types("noor", "/incident type data-exposure", channel=old)
    await company.presses("noor", "Set type", channel=old)
    await company.sandbox.advance("70m")
    workspace = company.sandbox.workspace
    [hidden] = [room.id for room in workspace.channels.values() if room.name == PRIVATE]
    heard = json.dumps(
        [
            call.args
            for call in workspace.calls[before:]
            if call.args.get("channel") != hidden and call.method.startswith(("chat.", "conversations."))
        ],
        default=str,
    )

    assert "People who have read this channel keep what they read" in shown
    it = company.incident(1)
    assert (Classification.RESTRICTED, Severity.SEV2) == (it.classification, it.severity)
    assert {"noor", "ada", "sam", "tomas", "iris", "lena"} <= members(company, PRIVATE)
    assert any("INC-1 (SEV-2) asks for Legal; you are called." in text for text in company.direct("tomas"))
    assert any("is a data exposure" in text for text in company.texts(PRIVATE, seen_by="noor"))
    assert any("was not assessed within 1 h" in text for text in company.texts(PRIVATE, seen_by="noor"))
    assert [] == [word for word in SECRET if word in heard]
    assert company.incident(1) == company.replayed(1)


async def test_phases_warn_are_missed_and_are_met_over_a_restart(company: Cast) -> None:
    """Assess is missed while nobody says so, the bot is restarted, contain is warned of and done in time."""
    channel = await declared(company)
    await company.types("noor", "/incident type model-drift", channel=channel)
    await company.presses("noor", "Set type", channel=channel)
    await company.sandbox.advance("31m")
    if company.bot:
        await company.bot.stop()
    await company.start_bot()
    await company.sandbox.advance("66m")
    thin = await company.types("noor", "/incident type contain done ok", channel=channel)
    done = await company.types("noor", "/incident type contain done Fallback model is in force", channel=channel)
    await company.sandbox.advance("30m")
    phases = await company.types("noor", "/incident type phases", channel=channel)
    summary = await company.types("noor", "/incident summary", channel=channel)
    timeline = await company.types("noor", "/incident timeline clocks", channel=channel)
    texts = company.texts(channel)

    late = "INC-1 was not assessed within 30 min. Noor Haddad (on-call engineer) owes: drift report"
    assert any(late in one for one in texts)
    assert "Owed: fallback model or threshold in force." in thin
    assert "Contain is done, on the timeline of INC-1." in done
    assert not [one for one in texts if "was not contained" in one]
    assert [True, True, True] == [words in phases for words in ("Assess missed at", "Contain: done", "Recover by")]
    assert "phase: assess by" in summary
    assert "“Fallback model is in force”" in timeline.partition("Phase done: contain")[2]
    assert company.incident(1) == company.replayed(1)
    assert not [row for row in company.undone() if row.effect.view == "clocks"]
