"""A form drawn again while somebody fills it in: what was typed goes with what is drawn, and one press sends it."""

import pytest

from sandbox.ids import BOT_TOKEN

LAYER = "/as/ada/c/general?part=layer"


def words(text):
    """A text object."""
    return {"type": "plain_text", "text": text}


def option(value):
    """An option that is called what it is worth."""
    return {"text": words(value), "value": value}


def form(*, severity, suggested):
    """A declare form whose list of severities stands in the block `severity` and begins with `suggested`."""
    boxes = {"type": "checkboxes", "action_id": "a", "options": [option("outage"), option("revenue")]}
    options = [option("sev1"), option("sev2")]
    chosen = {"type": "static_select", "action_id": "a", "options": options, "initial_option": option(suggested)}
    fields = {"title": {"type": "plain_text_input", "action_id": "a"}, "boxes": boxes, severity: chosen}
    return {
        "type": "modal",
        "title": words("Declare"),
        "submit": words("Declare"),
        "blocks": [
            {"type": "input", "block_id": name, "label": words(name), "element": element, "optional": name == "boxes"}
            | ({"dispatch_action": True} if name == "boxes" else {})
            for name, element in fields.items()
        ],
    }


@pytest.fixture
def press(http):
    """Press a button of Ada's page, with the fields of her form."""

    async def pressed(**fields):
        async with http.post("/as/ada/do", data=fields, headers={"HX-Request": "true"}) as answer:
            assert answer.status == 204

    return pressed


@pytest.fixture
async def open_form(press, sandbox, bot):
    """Open the form for Ada, with SEV-2 suggested; its view."""
    await press(do="say", channel="general", text="/incident")
    trigger = bot.heard[-1]["payload"]["trigger_id"]
    call(sandbox, "views.open", trigger_id=trigger, view=form(severity="severity", suggested="sev2"))
    return sandbox.workspace.modals.top("U0ADA000000")


def call(sandbox, method, **args):
    """Call a Web API method as the app."""
    answer = sandbox.workspace.call(token=BOT_TOKEN, method=method, args=args)
    assert answer["ok"], answer


def sent(bot):
    """What the app was last told each field holds."""
    state = bot.heard[-1]["payload"]["view"]["state"]["values"]
    return {
        block: next(value for name, value in values["a"].items() if name != "type") for block, values in state.items()
    }


async def test_a_form_redrawn_before_the_page_shows_it_is_sent_by_one_press(press, open_form, sandbox, bot):
    """The form on the screen lacks the field the app has just drawn: it is sent with what that field is drawn with."""

    call(sandbox, "views.update", view_id=open_form.id, view=form(severity="severity.sev1", suggested="sev1"))
    await press(do="submit", view=open_form.id, **{"f/title/a": "Checkout", "f/severity/a": "sev2", "f/boxes/a": ""})

    assert "view_submission" == bot.heard[-1]["payload"]["type"]
    assert ("Checkout", "sev1") == (sent(bot)["title"], sent(bot)["severity.sev1"]["value"])


async def test_a_press_does_not_empty_a_field_the_page_has_not_shown_yet(press, open_form, sandbox, bot):
    """A second tick, sent from the form as it was before the redraw, leaves the redrawn field as it is."""

    call(sandbox, "views.update", view_id=open_form.id, view=form(severity="severity.sev1", suggested="sev1"))
    await press(press="boxes/a", view=open_form.id, **{"f/title/a": "", "f/severity/a": "sev2", "f/boxes/a": "outage"})

    assert "block_actions" == bot.heard[-1]["payload"]["type"]
    assert "sev1" == sent(bot)["severity.sev1"]["value"]


async def test_boxes_can_be_unticked(http, press, open_form, bot):
    """Boxes that are all empty are sent as empty, for the form says that it has them."""

    await press(press="boxes/a", view=open_form.id, **{"f/boxes/a": "outage"})
    async with http.get(LAYER) as answer:
        page = await answer.text()
    await press(do="submit", view=open_form.id, **{"f/title/a": "Checkout", "f/severity/a": "sev2", "f/boxes/a": ""})

    assert '<input type="hidden" name="f/boxes/a" value="">' in page
    assert [] == sent(bot)["boxes"]
