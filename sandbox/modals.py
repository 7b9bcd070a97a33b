"""Modals and App Homes: triggers that open one view each, a stack of three, hashes that guard updates."""

from collections.abc import Callable
from dataclasses import dataclass, field

from sandbox.blocks.drawn import kept
from sandbox.blocks.surfaces import faults_in_view
from sandbox.forms import initial_state
from sandbox.ids import Ids, forget_oldest
from sandbox.records import Json, Trigger, View
from sandbox.refusals import Refusal

TRIGGER_LIVES_S = 3.0
MOST_STACKED = 3
MOST_REMEMBERED = 5_000


@dataclass(slots=True, kw_only=True)
class Modals:
    """Every trigger, every open stack and every App Home of one workspace."""

    ids: Ids
    real: Callable[[], float]
    triggers: dict[str, Trigger] = field(default_factory=dict)
    stacks: dict[str, list[View]] = field(default_factory=dict)
    homes: dict[str, View] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)

    def trigger(self, *, person: str, view_id: str | None = None) -> str:
        """A new trigger_id for `person`, given out from inside `view_id` or from nowhere."""
        number = self.ids.number()
        made = Trigger(
            id=f"{number}.{number:012d}.sandbox{number:08x}", person=person, made=self.real(), view_id=view_id
        )
        self.triggers[made.id] = made
        forget_oldest(self.triggers, most=MOST_REMEMBERED)
        return made.id

    def redeem(self, trigger_id: str) -> Trigger:
        """Use a trigger up; refuses one that is unknown, used, or older than three real seconds."""
        trigger = self.triggers.get(trigger_id)
        if trigger is None:
            raise Refusal("invalid_trigger_id", rule="a trigger_id comes from Slack")
        if trigger.used:
            raise Refusal("exchanged_trigger_id", rule="a trigger_id is used once")
        if self.real() - trigger.made > TRIGGER_LIVES_S:
            raise Refusal("expired_trigger_id", rule="a trigger_id is used within 3 s")
        trigger.used = True
        return trigger

    def open(self, *, trigger_id: str, body: Json) -> View:
        """Show a new modal; it replaces whatever stack the person had open."""
        self._checked(body, kind="modal")
        trigger = self.redeem(trigger_id)
        self.close_all(trigger.person)
        view = self._made(body, person=trigger.person, below=None)
        self.stacks[trigger.person] = [view]
        return view

    def push(self, *, trigger_id: str, body: Json) -> View:
        """Show a modal on top of the open one; at most three deep (a Slack limit)."""
        self._checked(body, kind="modal")
        trigger = self.redeem(trigger_id)
        if not self.stacks.get(trigger.person):
            raise Refusal("not_found")
        return self.put_on_top(person=trigger.person, body=body)

    def put_on_top(self, *, person: str, body: Json) -> View:
        """Push a checked view for `person`, as views.push and `response_action: push` do."""
        stack = self.stacks.setdefault(person, [])
        if len(stack) >= MOST_STACKED:
            raise Refusal("push_limit_reached", rule=f"at most {MOST_STACKED} views are stacked")
        view = self._made(body, person=person, below=stack[-1] if stack else None)
        stack.append(view)
        return view

    def update(self, *, view_id: str, external_id: str, expected_hash: str, body: Json) -> View:
        """Redraw an open view, unless its hash has moved on."""
        view = self.named(view_id=view_id, external_id=external_id)
        self._checked(body, kind=view.type, besides=view)
        if expected_hash and expected_hash != view.hash:
            raise Refusal("hash_conflict")
        self.redraw(view, body)
        return view

    def publish(self, *, person: str, expected_hash: str, body: Json) -> View:
        """Draw somebody's App Home, unless its hash has moved on."""
        home = self.homes.get(person)
        self._checked(body, kind="home", besides=home)
        if expected_hash and (home is None or expected_hash != home.hash):
            raise Refusal("hash_conflict")
        if home is None:
            home = self.homes[person] = self._made(body, person=person, below=None)
        else:
            self.redraw(home, body)
        return home

    def redraw(self, view: View, body: Json) -> None:
        """Replace what a view shows; what was typed stays where block_id and action_id stay."""
        view.body = self._kept(body)
        view.hash = self._hash()
        view.errors = {}
        fresh = initial_state(view.body["blocks"])
        for block_id, values in fresh.items():
            for action_id in values:
                typed = view.state.get(block_id, {}).get(action_id)
                if typed is not None and typed["type"] == values[action_id]["type"]:
                    values[action_id] = typed
        view.state = fresh

    def named(self, *, view_id: str, external_id: str) -> View:
        """The open view an app names; `not_found` when there is none."""
        for view in self.showing():
            if view.id == view_id or (external_id and view.body.get("external_id") == external_id):
                return view
        known = view_id in self.gone or bool(external_id)
        raise Refusal("not_found", rule=None if known else f"the view {view_id!r} exists")

    def showing(self) -> list[View]:
        """Every view anybody has open, App Homes included."""
        return [view for stack in self.stacks.values() for view in stack] + list(self.homes.values())

    def top(self, person: str) -> View | None:
        """The modal `person` is looking at."""
        stack = self.stacks.get(person)
        return stack[-1] if stack else None

    def close(self, view: View) -> None:
        """Take one view off its stack."""
        stack = self.stacks.get(view.person, [])
        if view in stack:
            stack.remove(view)
            self.gone.add(view.id)

    def close_all(self, person: str) -> None:
        """Take a person's whole stack away."""
        self.gone.update(view.id for view in self.stacks.get(person, []))
        self.stacks[person] = []

    def _checked(self, body: Json, *, kind: str, besides: View | None = None) -> None:
        faults = faults_in_view(body)
        if faults:
            raise Refusal("invalid_arguments", rule="a view Slack accepts", messages=faults)
        if body["type"] != kind:
            raise Refusal("invalid_arguments", rule=f"a view of type {kind}", messages=["[ERROR] wrong view type"])
        external = body.get("external_id")
        others = (view.body.get("external_id") for view in self.showing() if view is not besides)
        if external and external in others:
            raise Refusal("duplicate_external_id", rule="an external_id is used once")

    def _made(self, body: Json, *, person: str, below: View | None) -> View:
        view_id = self.ids.new("V")
        drawn = self._kept(body)
        return View(
            id=view_id,
            type=body["type"],
            body=drawn,
            hash=self._hash(),
            person=person,
            root_id=below.root_id if below else view_id,
            previous_id=below.id if below else None,
            state=initial_state(drawn["blocks"]),
        )

    def _kept(self, body: Json) -> Json:
        drawn = dict(body)
        drawn["blocks"] = kept(body["blocks"], self.ids)
        for key in ("title", "submit", "close"):
            if key in drawn:
                drawn[key] = {"emoji": True, **drawn[key]}
        return drawn

    def _hash(self) -> str:
        number = self.ids.number()
        return f"{number}.{number:08x}"
