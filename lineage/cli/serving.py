"""``lineage serve`` and ``lineage account``: the pages, and who may use them."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from lineage.cli.frame import guarded, json_option, put
from lineage.errors import UsageError
from lineage.model.account import ROLES, Role

if TYPE_CHECKING:
    from lineage.store.people import People


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS", help="The address at which the pages are shown; one that others can reach only once an account exists.")
@click.option("--port", default=8300, show_default=True, type=click.IntRange(0, 65_535), help="The port; 0 takes a free one.")
@click.option("--name", "names", multiple=True, metavar="NAME", help="A host name under which visitors ask for the pages, besides this machine's own; several times.")
@click.option("--write", is_flag=True, help="Reviewers may answer open questions and bring papers in.")
@click.option("--https", "secure", is_flag=True, help="Visitors come through HTTPS, by a proxy in front; cookies are kept to it.")
@click.option("--log-questions", is_flag=True, help="Keep a log of the questions asked, with the account and a matter number. It may be discoverable.")
@click.option("--keep-days", default=90, show_default=True, type=click.IntRange(1, 3650), help="How long a question stays on the log.")
@click.pass_context
@guarded
def serve(ctx: click.Context, host: str, port: int, names: tuple[str, ...], write: bool, secure: bool, log_questions: bool, keep_days: int) -> None:
    """Show the library in a browser: pick a day, read the rule, see the page that proves it."""
    from lineage import web

    web.serve(web.Settings(ctx.obj["library"], write, names, secure, log_questions, keep_days), host, port)


@click.group()
def account() -> None:
    """Who may use the pages: readers ask, reviewers also answer open questions, administrators also read the log."""


@account.command()
@click.argument("name")
@click.option("--role", type=click.Choice(ROLES), required=True, help="reader, reviewer or administrator.")
@click.option("--restricted", is_flag=True, help="A reader also sees rules that are not marked public; the other roles always do.")
@click.option("--password-stdin", is_flag=True, help="Take the password from standard input instead of asking for it.")
@click.pass_context
@guarded
def add(ctx: click.Context, name: str, role: Role, restricted: bool, password_stdin: bool) -> None:
    """Make an account, or give one a new role and password. Decisions made with it are signed with NAME."""
    from lineage.web import accounts, make_sure

    make_sure()
    password = sys.stdin.readline().rstrip("\r\n") if password_stdin else click.prompt("Password", hide_input=True, confirmation_prompt=True)
    people = _people(ctx)
    made = accounts.add(people, name, role, password, restricted=restricted, now=datetime.now(UTC))
    seen = "" if made.sees_restricted else "; it sees the rules that are marked public"
    click.echo(f"{made.name} is a {made.role}{seen}.")


@account.command("list")
@json_option
@click.pass_context
@guarded
def listed(ctx: click.Context, as_json: bool) -> None:
    """The accounts there are."""
    found = _people(ctx).accounts()
    if as_json:
        put({"accounts": [{"name": a.name, "role": a.role, "restricted": a.sees_restricted, "made_at": a.made_at} for a in found]})
        return
    for one in found:
        click.echo(f"{one.name}  {one.role}{'' if one.sees_restricted else ', public rules only'}  since {one.made_at[:10]}")
    if not found:
        click.echo("There are no accounts: the pages are shown on this machine only, for reading.")


@account.command()
@click.argument("name")
@click.pass_context
@guarded
def remove(ctx: click.Context, name: str) -> None:
    """Take an account away; who is signed on with it is signed off. Decisions made with it stay."""
    from lineage.web import accounts

    accounts.remove(_people(ctx), name)
    click.echo(f"{name} has no account any more.")


def _people(ctx: click.Context) -> People:
    """The people of the library that the call names."""
    from lineage import store
    from lineage.store.people import People
    from lineage.store.place import place_of

    place = place_of(ctx.obj["library"])
    if not place.address and not place.database.is_file():
        raise UsageError(f"There is no library in {place}, so nobody can have an account there.", hint="Ingest files into it first; that makes the library.", code="store.missing")
    if place.address:
        store.open(ctx.obj["library"], create=False).close()
    return People(place)
